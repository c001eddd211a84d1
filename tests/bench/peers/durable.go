// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// The job of a sender that loses nothing, as one would write it in Go: waiting deliveries are read from SQLite, POSTed
// over kept connections with the headers that the program sends, and what came of each is committed, with all headers
// there and back, in groups, with synchronous=FULL.
//
//	durable DATABASE URL CONNECTIONS      prints {"delivered": N, "seconds": S} as JSON
package main

import (
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	_ "github.com/mattn/go-sqlite3"
)

const (
	pageSize   = 256
	groupLimit = 128
	groupTime  = 10 * time.Millisecond
)

var everyRequest = [][2]string{{"Content-Type", "application/json"}, {"Accept", "application/json"},
	{"Accept-Encoding", "identity"}, {"Accept-Language", "*"}, {"User-Agent", "durable-job/1.0.0"}}

// Put together once: it is the same each time but for the id and the length.
var everyHeader string

type job struct {
	id      int64
	payload []byte
}

type result struct {
	id, startedAt, took int64
	status              int
	sent, headers       string
	body                []byte
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func open(path, options string) *sql.DB {
	database, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_synchronous=FULL&_busy_timeout=5000"+options)
	must(err)
	database.SetMaxOpenConns(1)
	return database
}

func readWaiting(path string, jobs chan<- job) {
	database := open(path, "")
	defer database.Close()
	page, err := database.Prepare("SELECT delivery.id, alert.payload FROM delivery " +
		"JOIN alert ON alert.id = delivery.alert_id WHERE delivery.state = 0 AND delivery.id > ? " +
		"ORDER BY delivery.id LIMIT ?")
	must(err)
	for last, count := int64(0), pageSize; count == pageSize; {
		rows, err := page.Query(last, pageSize)
		must(err)
		for count = 0; rows.Next(); count++ {
			var one job
			must(rows.Scan(&one.id, &one.payload))
			last = one.id
			jobs <- one
		}
		rows.Close()
	}
	close(jobs)
}

func send(client *http.Client, url string, one job) result {
	started := time.Now()
	request, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(one.payload))
	must(err)
	for _, header := range everyRequest {
		request.Header.Set(header[0], header[1])
	}
	id := fmt.Sprintf("msg_%020d", one.id) // as long as the program's
	request.Header.Set("Webhook-Id", id)
	answer, err := client.Do(request)
	must(err)
	body, err := io.ReadAll(io.LimitReader(answer.Body, 65536))
	must(err)
	answer.Body.Close()
	return result{one.id, started.UnixMilli(), time.Since(started).Microseconds(), answer.StatusCode,
		everyHeader + "Webhook-Id: " + id + "\r\nContent-Length: " + strconv.Itoa(len(one.payload)) + "\r\n",
		fmt.Sprint(answer.Header), body}
}

func commit(database *sql.DB, add, settle *sql.Stmt, group []result) {
	transaction, err := database.Begin()
	must(err)
	addHere, settleHere := transaction.Stmt(add), transaction.Stmt(settle)
	for _, one := range group {
		_, err = addHere.Exec(one.id, one.startedAt, one.took, one.status, one.sent, one.headers, one.body)
		must(err)
		_, err = settleHere.Exec(one.status, one.id)
		must(err)
	}
	must(transaction.Commit())
}

// Up to groupLimit results, or what came within groupTime of the first; false with the last group.
func nextGroup(results <-chan result) ([]result, bool) {
	first, open := <-results
	if !open {
		return nil, false
	}
	group, limit := []result{first}, time.After(groupTime)
	for len(group) < groupLimit {
		select {
		case one, open := <-results:
			if !open {
				return group, false
			}
			group = append(group, one)
		case <-limit:
			return group, true
		}
	}
	return group, true
}

func main() {
	path, url := os.Args[1], os.Args[2]
	everyHeader = "Host: " + strings.Split(url, "/")[2] + "\r\n"
	for _, header := range everyRequest {
		everyHeader += header[0] + ": " + header[1] + "\r\n"
	}
	connections, err := strconv.Atoi(os.Args[3])
	must(err)
	database := open(path, "&_txlock=immediate")
	add, err := database.Prepare("INSERT INTO attempt(delivery_id, started_at, duration_us, status, request_headers, " +
		"response_headers, response_body) VALUES(?, ?, ?, ?, ?, ?, ?)")
	must(err)
	settle, err := database.Prepare("UPDATE delivery SET state = 3, attempts = attempts + 1, last_status = ? WHERE id = ?")
	must(err)

	begun := time.Now()
	jobs, results := make(chan job, pageSize), make(chan result, 8*groupLimit)
	go readWaiting(path, jobs)
	client := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{
		MaxIdleConnsPerHost: connections, MaxConnsPerHost: connections, DisableCompression: true}}
	var senders sync.WaitGroup
	for number := 0; number < connections; number++ {
		senders.Add(1)
		go func() {
			defer senders.Done()
			for one := range jobs {
				results <- send(client, url, one)
			}
		}()
	}
	go func() { senders.Wait(); close(results) }()

	delivered := 0
	for more := true; more; {
		var group []result
		group, more = nextGroup(results)
		if len(group) > 0 {
			commit(database, add, settle, group)
			delivered += len(group)
		}
	}
	fmt.Printf("{\"delivered\": %d, \"seconds\": %f}\n", delivered, time.Since(begun).Seconds())
}
