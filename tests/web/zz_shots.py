import os
from pathlib import Path
import pytest
from tests.web.people import *
from tests.web.test_referrals import sent, approved, mail_server, Keeper
from evenhand.actions import answers, assessments
from evenhand.rules.answers import *
from evenhand.rules.officers import Role
from tests.builders import assessment
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]="1"
OUT=Path("/tmp/shots"); OUT.mkdir(exist_ok=True)
BIG = 'a long word '*3

@pytest.mark.usefixtures("mail_server")
def test_shots(live_desk, settings):
    from playwright.sync_api import sync_playwright
    from axe_playwright_python.sync_playwright import Axe
    import html5lib
    ada=stored("Ada Lovelace".replace(" Lovelace",""), Role.OFFICER); cy=stored("Cy",Role.APPROVER,Role.CHILD_APPROVER); ola=stored("Ola",Role.OVERSEER); mx=stored("Max",Role.ADMINISTRATOR)
    r=sent(ada,cy,"https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PLaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
    answers.record(r,AnswerKind.DECIDED,Outcome.RESTRICTED_IN_FULL,their_reference="T-1",acting=acting(ada))
    answers.look_again(r,Seen.NOT_VISIBLE,acting=acting(ada))
    fresh=logged(ada,"https://www.tiktok.com/@someone/video/7012345678901234567")
    w=logged(ada); assessments.submit(w,assessment(),acting=acting(ada))
    for _ in range(27): logged(ada)
    (Path(settings.HOME)/"mail").mkdir(exist_ok=True)
    from tests.web.test_mail import MAIL
    (Path(settings.HOME)/"mail"/"20261122T1.eml").write_bytes(MAIL)
    pages=[("worklist","/",ada),("approver","/",cy),("overseer","/",ola),("admin","/",mx),("list","/referrals/",ada),("list-filter","/referrals/?state=logged&platform=youtube&since_day=1&since_month=1&since_year=2026",ada),("find","/referrals/find/",ada),("log","/log-content/",ada),("referral",f"/referrals/{r}/",ada),("referral-fresh",f"/referrals/{fresh}/",ada),("referral-overseer",f"/referrals/{r}/",ola),("history",f"/referrals/{r}/history/",ada),("triage",f"/referrals/{fresh}/triage/",ada),("mails","/demo/mail/",ada),("mail","/demo/mail/20261122T1/",ada),("done",f"/log-content/done/?reference={fresh}",ada),("done2",f"/log-content/done/?reference={fresh}&reference={r}",ada)]
    faults=[]
    with sync_playwright() as p:
        b=p.chromium.launch(executable_path="/usr/bin/chromium",args=["--no-sandbox"])
        for size,(wd,h) in {"desk":(1200,900),"phone":(360,740)}.items():
            for who in {it[2].name for it in pages}:
                officer=next(it[2] for it in pages if it[2].name==who)
                c=b.new_context(viewport={"width":wd,"height":h})
                cookie=signed_in(officer).cookies["evenhand_session"].value
                c.add_cookies([{"name":"evenhand_session","value":cookie,"url":live_desk.url}])
                pg=c.new_page()
                def look(name):
                    pg.screenshot(path=str(OUT/f"{name}-{size}.png"),full_page=True)
                    over=pg.evaluate("document.documentElement.scrollWidth>document.documentElement.clientWidth")
                    if over: faults.append((name,size,"scrolls sideways"))
                    res=Axe().run(pg)
                    for v in res.response["violations"]: faults.append((name,size,v["id"],[n["target"] for n in v["nodes"]][:3]))
                    if size=="desk":
                        pr=html5lib.HTMLParser(strict=False); pr.parse(pg.content() and c.request.get(pg.url).text() if True else "")
                        for e in pr.errors[:5]: faults.append((name,"html",e))
                for name,path,o in pages:
                    if o.name!=who: continue
                    pg.goto(live_desk.url+path)
                    for d in pg.query_selector_all("details"): d.evaluate("d=>d.open=true") if name.startswith("referral") else None
                    look(name)
                if who=="Ada":
                    pg.goto(live_desk.url+"/log-content/")
                    pg.fill("#id_url","http://localhost/\nhttps://youtu.be/dQw4w9WgXcQ")
                    pg.check("input[name=public_without_login][value=yes]")
                    pg.click("text=Log >> nth=-1") if False else pg.click("main button")
                    look("log-errors")
                    pg.fill("#id_url","https://youtu.be/dQw4w9WgXcQ")
                    for part,val in dict(day=20,month=11,year=2025,hour=9,minute=30).items(): pg.fill(f"#id_observed_at_{part}",str(val))
                    pg.check("input[name=source][value=court]"); pg.check("input[name=content_type][value=video]"); pg.select_option("#id_language","en"); pg.fill("#id_description","Words")
                    pg.click("main button")
                    look("same")
                    pg.click("main form[method=post] button >> nth=0")
                    look("same-errors")
                    pg.goto(live_desk.url+"/referrals/find/"); pg.fill("#id_q","knife"); pg.click("main button")
                    look("found")
                    pg.goto(live_desk.url+f"/referrals/{fresh}/triage/"); pg.check("input[name=outcome][value=not_for_us]"); pg.click("main button"); look("triage-errors")
                c.close()
        b.close()
    for f in faults: print(f)
