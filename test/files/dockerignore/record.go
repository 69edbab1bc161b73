// Records what Docker's own matcher answers: for each file of answers.json, which of its paths are excluded.
//
//	cd "$(mktemp -d)" && cp …/test/files/dockerignore/record.go . && go mod init record
//	go get github.com/moby/patternmatcher@v0.6.1 && go run . < …/answers.json > new.json
package main

import (
	"encoding/json"
	"os"
	"strings"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

// Excluded is null where Docker refuses the file.
type answer struct {
	File     string   `json:"file"`
	Excluded []string `json:"excluded"`
}

type record struct {
	Paths   []string `json:"paths"`
	Answers []answer `json:"answers"`
}

func main() {
	var recorded record
	if err := json.NewDecoder(os.Stdin).Decode(&recorded); err != nil {
		panic(err)
	}
	for index := range recorded.Answers {
		one := &recorded.Answers[index]
		one.Excluded = excluded(one.File, recorded.Paths)
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(recorded); err != nil {
		panic(err)
	}
}

func excluded(file string, paths []string) []string {
	patterns, err := ignorefile.ReadAll(strings.NewReader(file))
	if err != nil {
		return nil
	}
	matcher, err := patternmatcher.New(patterns)
	if err != nil {
		return nil
	}
	found := []string{}
	for _, path := range paths {
		matches, err := matcher.MatchesOrParentMatches(path)
		if err != nil {
			return nil
		}
		if matches {
			found = append(found, path)
		}
	}
	return found
}
