package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// dynamoDB asks the local store directly.
type dynamoDB struct{ address string }

func (d dynamoDB) call(action string, body any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequest(http.MethodPost, "http://"+d.address, strings.NewReader(string(data)))
	if err != nil {
		return err
	}
	request.Header.Set("X-Amz-Target", "DynamoDB_20120810."+action)
	request.Header.Set("Content-Type", "application/x-amz-json-1.0")
	// The local store wants the header's form and checks nothing in it.
	request.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, "+
		"SignedHeaders=host, Signature=00")
	var ignored map[string]any
	return call(request, &ignored)
}

type attribute struct{ name, kind, key string }

func (d dynamoDB) createTable(name string, index map[string]any, attributes ...attribute) error {
	var definitions, schema []map[string]string
	for _, a := range attributes {
		definitions = append(definitions, map[string]string{"AttributeName": a.name, "AttributeType": a.kind})
		schema = append(schema, map[string]string{"AttributeName": a.name, "KeyType": a.key})
	}
	body := map[string]any{
		"TableName": name, "BillingMode": "PAY_PER_REQUEST", "AttributeDefinitions": definitions, "KeySchema": schema,
	}
	if index != nil {
		body["GlobalSecondaryIndexes"] = []any{index}
	}
	return d.call("CreateTable", body)
}

// createTables makes what the operator makes for a ChatCluster.
func (d dynamoDB) createTables() error {
	byRoom := map[string]any{
		"IndexName": "byRoom",
		"KeySchema": []map[string]string{
			{"AttributeName": "room", "KeyType": "HASH"}, {"AttributeName": "user", "KeyType": "RANGE"},
		},
		"Projection": map[string]string{"ProjectionType": "ALL"},
	}
	for _, err := range []error{
		d.createTable(tablePrefix+"messages", nil, attribute{"room", "S", "HASH"}, attribute{"firstSeq", "N", "RANGE"}),
		d.createTable(tablePrefix+"rooms", nil, attribute{"room", "S", "HASH"}),
		d.createTable(tablePrefix+"members", byRoom, attribute{"user", "S", "HASH"}, attribute{"room", "S", "RANGE"}),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// putter writes single items at a rate, as the store's own measure: no chat is involved. It writes to the table that the chat
// writes to, for the local store takes the puts to a table one after the other, and those to another table pass that queue.
type putter struct {
	store dynamoDB
	mutex sync.Mutex
	times histogram
	err   error
}

// run puts until the channel is closed; a put's time counts from when it was due.
func (p *putter) run(perSecond int, stop <-chan struct{}) {
	var underWay sync.WaitGroup
	defer underWay.Wait()
	start := time.Now()
	for n := 1; ; n++ {
		due := start.Add(time.Duration(n) * time.Second / time.Duration(perSecond))
		select {
		case <-stop:
			return
		case <-time.After(time.Until(due)):
			underWay.Go(func() { p.put(n, due) })
		}
	}
}

func (p *putter) put(n int, due time.Time) {
	err := p.store.call("PutItem", map[string]any{
		"TableName": tablePrefix + "messages",
		"Item": map[string]any{
			"room":     map[string]string{"S": fmt.Sprintf("no-chat-%d-%d", due.UnixNano()%100, n%100)},
			"firstSeq": map[string]string{"N": fmt.Sprint(due.UnixNano())},
			"messages": map[string]any{"L": []any{map[string]string{"S": stamped(0)}}},
		},
		"ConditionExpression": "attribute_not_exists(room)",
	})
	took := time.Since(due)
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.times.add(took)
	if err != nil {
		p.err = err
	}
}
