package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

const (
	issuer      = "https://chatcluster.io/bench"
	keyID       = "bench"
	tokenLife   = 2 * time.Hour
	tablePrefix = "bench-"
)

// setup is what a chat needs before clients can talk: rooms, and a token for each member. Made as an application's back end does.
type setup struct {
	address string
	name    string
	admin   string // the back end's token
	rooms   []string
	tokens  []string
}

func newSetup(address, keyFile, name string, members, rooms int) (*setup, error) {
	key, err := readKey(keyFile)
	if err != nil {
		return nil, err
	}
	admin, err := token(key, "backend", "chat:admin")
	if err != nil {
		return nil, err
	}
	result := &setup{address: address, name: name, admin: admin}
	for member := range members {
		memberToken, err := token(key, user(name, member), "")
		if err != nil {
			return nil, err
		}
		result.tokens = append(result.tokens, memberToken)
	}
	for room := range rooms {
		var others []string
		for member := room + rooms; member < members; member += rooms {
			others = append(others, user(name, member))
		}
		var created struct{ Room string }
		body := map[string]any{"kind": "group", "from": user(name, room), "name": user(name, room), "members": others}
		if err := result.ask("/api/v1/rooms", body, &created); err != nil {
			return nil, err
		}
		result.rooms = append(result.rooms, created.Room)
	}
	return result, nil
}

func user(name string, member int) string { return fmt.Sprintf("%s-%d", name, member) }

// post sends to the room in its owner's name.
func (s *setup) post(room int, due time.Duration) error {
	var ignored map[string]any
	return s.ask("/api/v1/rooms/"+s.rooms[room]+"/messages", map[string]any{
		"from": user(s.name, room), "clientMessageId": fmt.Sprint(due.Microseconds()), "text": stamped(due),
	}, &ignored)
}

func (s *setup) ask(path string, body, result any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequest(http.MethodPost, "http://"+s.address+path, bytes.NewReader(data))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+s.admin)
	request.Header.Set("Content-Type", "application/json")
	return call(request, result)
}

func call(request *http.Request, result any) error {
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode/100 != 2 {
		return fmt.Errorf("%s %s: %s: %s", request.Method, request.URL, response.Status, body)
	}
	return json.Unmarshal(body, result)
}

// writeKeys makes the key that signs tokens, and the set of its public half for the chat.
func writeKeys(folder string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	private, err := key.Bytes()
	if err != nil {
		return err
	}
	public, err := key.PublicKey.Bytes()
	if err != nil {
		return err
	}
	set := fmt.Sprintf(`{"keys":[{"kty":"EC","crv":"P-256","alg":"ES256","use":"sig","kid":"%s","x":"%s","y":"%s"}]}`,
		keyID, base64url(public[1:33]), base64url(public[33:]))
	if err := os.WriteFile(filepath.Join(folder, "key"), private, 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "jwks.json"), []byte(set), 0o644)
}

func readKey(file string) (*ecdsa.PrivateKey, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return ecdsa.ParseRawPrivateKey(elliptic.P256(), data)
}

func token(key *ecdsa.PrivateKey, user, scope string) (string, error) {
	now := time.Now()
	claims := map[string]any{
		"iss": issuer, "aud": "chat", "sub": user, "iat": now.Unix(), "exp": now.Add(tokenLife).Unix(),
	}
	if scope != "" {
		claims["scope"] = scope
	}
	body, err := json.Marshal(claims)
	if err != nil {
		return "", err
	}
	unsigned := base64url(fmt.Appendf(nil, `{"alg":"ES256","typ":"JWT","kid":"%s"}`, keyID)) + "." + base64url(body)
	digest := sha256.Sum256([]byte(unsigned))
	r, s, err := ecdsa.Sign(rand.Reader, key, digest[:])
	if err != nil {
		return "", err
	}
	return unsigned + "." + base64url(append(fixed(r), fixed(s)...)), nil
}

func fixed(n *big.Int) []byte { return n.FillBytes(make([]byte, 32)) }

func base64url(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }
