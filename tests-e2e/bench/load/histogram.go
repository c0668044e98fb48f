package main

import (
	"math/bits"
	"time"
)

// histogram counts durations in microseconds, in buckets that are at most 3 % wide.
type histogram struct {
	buckets [64 * 32]int64
	count   int64
}

func (h *histogram) add(d time.Duration) {
	h.buckets[bucket(max(0, d.Microseconds()))]++
	h.count++
}

func bucket(micros int64) int {
	if micros < 32 {
		return int(micros)
	}
	shift := bits.Len64(uint64(micros)) - 6
	return (shift+1)*32 + int(micros>>shift) - 32
}

// highest is the largest duration that falls into the bucket.
func highest(bucket int) time.Duration {
	if bucket < 32 {
		return time.Duration(bucket) * time.Microsecond
	}
	shift := bucket/32 - 1
	return time.Duration((int64(bucket%32)+33)<<shift-1) * time.Microsecond
}

// quantile is the duration that the given share does not exceed, in milliseconds; 0 when nothing was counted.
func (h *histogram) quantile(share float64) float64 {
	rank := int64(float64(h.count) * share)
	for i, n := range h.buckets {
		if rank -= n; rank < 0 {
			return float64(highest(i).Microseconds()) / 1000
		}
	}
	return 0
}
