// Checks a folder of tiles with the code of Go's checksum database (golang.org/x/mod/sumdb), which
// nobody here wrote: signatures, every entry, inclusion, and consistency with older checkpoints.
//
// usage: gocheck FOLDER LOG.vkey WITNESS.vkey OLDER-CHECKPOINT...
package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type folder string

func pathOf(t tlog.Tile) string { return "tile/" + strings.TrimPrefix(t.Path(), "tile/8/") }

func (f folder) Height() int                        { return 8 }
func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}
func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var read [][]byte
	for _, t := range tiles {
		data, err := os.ReadFile(filepath.Join(string(f), pathOf(t)))
		if err != nil {
			return nil, err
		}
		read = append(read, data)
	}
	return read, nil
}

type cosigner struct {
	name   string
	hash   uint32
	public ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }
func (c cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 72 {
		return false
	}
	at := strconv.FormatUint(binary.BigEndian.Uint64(signature), 10)
	message := append([]byte("cosignature/v1\ntime "+at+"\n"), text...)
	return ed25519.Verify(c.public, message, signature[8:])
}

func must(err error) {
	if err != nil {
		fmt.Println("FAIL", err)
		os.Exit(1)
	}
}

func read(path string) []byte {
	data, err := os.ReadFile(path)
	must(err)
	return data
}

func cosignerOf(vkey string) cosigner {
	parts := strings.SplitN(vkey, "+", 3)
	hash, err := strconv.ParseUint(parts[1], 16, 32)
	must(err)
	key, err := base64.StdEncoding.DecodeString(parts[2])
	must(err)
	return cosigner{parts[0], uint32(hash), ed25519.PublicKey(key[1:])}
}

func opened(data []byte, keys note.Verifiers) (tlog.Tree, int) {
	n, err := note.Open(data, keys)
	must(err)
	lines := strings.Split(n.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	must(err)
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree, len(n.Sigs)
}

func main() {
	dir := os.Args[1]
	log, err := note.NewVerifier(strings.TrimSpace(string(read(os.Args[2]))))
	must(err)
	keys := note.VerifierList(log, cosignerOf(strings.TrimSpace(string(read(os.Args[3])))))
	tree, signatures := opened(read(filepath.Join(dir, "checkpoint")), keys)
	hashes := tlog.TileHashReader(tree, folder(dir))
	checked := 0
	for first := int64(0); first < tree.N; first += 256 {
		width := tree.N - first
		if width > 256 {
			width = 256
		}
		tile := tlog.Tile{H: 8, L: 0, N: first / 256, W: int(width)}
		bundle := read(filepath.Join(dir, strings.Replace(pathOf(tile), "tile/0/", "tile/entries/", 1)))
		var wanted []tlog.Hash
		var indexes []int64
		for i := int64(0); i < width; i++ {
			length := int(binary.BigEndian.Uint16(bundle))
			wanted = append(wanted, tlog.RecordHash(bundle[2:2+length]))
			indexes = append(indexes, tlog.StoredHashIndex(0, first+i))
			bundle = bundle[2+length:]
		}
		if len(bundle) != 0 {
			must(fmt.Errorf("more in a bundle than its entries"))
		}
		found, err := hashes.ReadHashes(indexes)
		must(err)
		for i := range found {
			if found[i] != wanted[i] {
				must(fmt.Errorf("entry %d differs from its tile", first+int64(i)))
			}
			checked++
		}
	}
	for _, index := range []int64{0, tree.N / 3, tree.N - 1} {
		proof, err := tlog.ProveRecord(tree.N, index, hashes)
		must(err)
		leaf, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		must(err)
		must(tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf[0]))
	}
	for _, path := range os.Args[4:] {
		older, _ := opened(read(path), keys)
		if older.N == tree.N {
			if !bytes.Equal(older.Hash[:], tree.Hash[:]) {
				must(fmt.Errorf("two trees of %d entries", tree.N))
			}
			continue
		}
		proof, err := tlog.ProveTree(tree.N, older.N, hashes)
		must(err)
		must(tlog.CheckTree(proof, tree.N, tree.Hash, older.N, older.Hash))
	}
	fmt.Println("OK", tree.N, "entries", checked, "checked", signatures, "signatures", len(os.Args)-4, "older")
}
