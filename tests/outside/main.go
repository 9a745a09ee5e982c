// Reads a log of ours with code that nobody here wrote: Go's note and tlog packages.
//
//	outside log FOLDER VKEY    whether the log in a case file is the one that its key signed
//	outside proofs < LINES     whether each proof holds, one answer a line
//
// A line of proofs is `inclusion SIZE INDEX LEAF ROOT PROOF…` or `consistency OLD NEW
// OLDROOT NEWROOT PROOF…`, hashes in base64. Exit status 1: it is not so, with the reason.
package main

import (
	"bufio"
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

const width = 256

func main() {
	var err error
	switch {
	case len(os.Args) == 4 && os.Args[1] == "log":
		err = checkLog(os.Args[2], os.Args[3])
	case len(os.Args) == 2 && os.Args[1] == "proofs":
		err = checkProofs()
	default:
		err = fmt.Errorf("usage: outside log FOLDER VKEY | outside proofs")
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

// checkLog opens the checkpoint, hashes every leaf and compares the root and each tile.
func checkLog(folder, vkey string) error {
	tree, origin, err := openHead(folder, vkey)
	if err != nil {
		return err
	}
	var stored hashes
	for n := int64(0); n < tree.N; n += width {
		leaves, err := readBundle(folder, n, min(width, tree.N-n))
		if err != nil {
			return err
		}
		for i, leaf := range leaves {
			made, err := tlog.StoredHashes(n+int64(i), leaf, &stored)
			if err != nil {
				return err
			}
			stored = append(stored, made...)
		}
	}
	root, err := tlog.TreeHash(tree.N, &stored)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return fmt.Errorf("the leaves make root %v, the head says %v", root, tree.Hash)
	}
	if err := checkTiles(folder, tree, &stored); err != nil {
		return err
	}
	fmt.Printf("%s: %d leaves, root %v\n", origin, tree.N, root)
	return nil
}

func openHead(folder, vkey string) (tree tlog.Tree, origin string, err error) {
	data, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return tree, "", err
	}
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tree, "", err
	}
	opened, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		return tree, "", err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tree, "", fmt.Errorf("the head is not of the log %s", verifier.Name())
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, "", err
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return tree, lines[0], err
}

// checkTiles compares every hash tile with the hashes that the leaves make.
func checkTiles(folder string, tree tlog.Tree, stored *hashes) error {
	for level, count := 0, tree.N; count > 0; level, count = level+1, count/width {
		for n := int64(0); n < count; n += width {
			wide := min(width, count-n)
			data, err := os.ReadFile(tilePath(folder, strconv.Itoa(level), n/width, wide))
			if err != nil {
				return err
			}
			tile := tlog.Tile{H: 8, L: level, N: n / width, W: int(wide)}
			made, err := tlog.ReadTileData(tile, stored)
			if err != nil {
				return err
			}
			if string(made) != string(data) {
				return fmt.Errorf("tile %d of level %d is another", n/width, level)
			}
		}
	}
	return nil
}

// hashes keeps the hashes of a tree in the order that tlog gives them.
type hashes []tlog.Hash

func (all *hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, index := range indexes {
		found = append(found, (*all)[index])
	}
	return found, nil
}

func readBundle(folder string, first, wide int64) ([][]byte, error) {
	data, err := os.ReadFile(tilePath(folder, "entries", first/width, wide))
	if err != nil {
		return nil, err
	}
	var leaves [][]byte
	for len(data) >= 2 {
		length := int(binary.BigEndian.Uint16(data))
		if len(data) < 2+length {
			break
		}
		leaves = append(leaves, data[2:2+length])
		data = data[2+length:]
	}
	if len(data) > 0 || int64(len(leaves)) != wide {
		return nil, fmt.Errorf("bundle %d does not hold %d leaves", first/width, wide)
	}
	return leaves, nil
}

func tilePath(folder, level string, number, wide int64) string {
	parts := fmt.Sprintf("%03d", number%1000)
	for rest := number / 1000; rest > 0; rest /= 1000 {
		parts = fmt.Sprintf("x%03d/%s", rest%1000, parts)
	}
	if wide < width {
		parts = fmt.Sprintf("%s.p/%d", parts, wide)
	}
	return filepath.Join(folder, "tile", level, parts)
}

func checkProofs() error {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		err := checkProof(strings.Fields(lines.Text()))
		fmt.Println(err == nil)
	}
	return lines.Err()
}

func checkProof(words []string) error {
	if len(words) < 5 {
		return fmt.Errorf("not a proof")
	}
	one, err := strconv.ParseInt(words[1], 10, 64)
	if err != nil {
		return err
	}
	two, err := strconv.ParseInt(words[2], 10, 64)
	if err != nil {
		return err
	}
	var read []tlog.Hash
	for _, word := range words[3:] {
		raw, err := base64.StdEncoding.DecodeString(word)
		if err != nil || len(raw) != tlog.HashSize {
			return fmt.Errorf("not a hash: %s", word)
		}
		read = append(read, tlog.Hash(raw))
	}
	if words[0] == "inclusion" {
		return tlog.CheckRecord(read[2:], one, read[1], two, read[0])
	}
	return tlog.CheckTree(read[2:], two, read[1], one, read[0])
}
