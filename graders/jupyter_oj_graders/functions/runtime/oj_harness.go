package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"os"
)

type ojWrongType struct{ why string }

type ojCodec[T any] struct {
	read  func() T
	write func(T)
}

var (
	ojRaw []byte
	ojOut []byte
)

const ojLongest = 5000000

func ojTake(size int) []byte {
	piece := ojRaw[:size]
	ojRaw = ojRaw[size:]
	return piece
}

func ojCount() int { return int(binary.LittleEndian.Uint32(ojTake(4))) }

func ojPutCount(count int) {
	ojOut = append(ojOut, byte(count), byte(count>>8), byte(count>>16), byte(count>>24))
}

func ojPutLong(bits uint64) {
	ojPutCount(int(uint32(bits)))
	ojPutCount(int(bits >> 32))
}

func ojFlag() bool { return ojTake(1)[0] == 1 }

func ojPutFlag(value bool) {
	if value {
		ojOut = append(ojOut, 1)
	} else {
		ojOut = append(ojOut, 0)
	}
}

var ojBool = ojCodec[bool]{ojFlag, ojPutFlag}

var ojInt = ojCodec[int]{
	func() int { return int(int32(ojCount())) },
	func(value int) {
		if value != int(int32(value)) {
			panic(ojWrongType{fmt.Sprintf("%d does not fit into int, which has 32 bits", value)})
		}
		ojPutCount(value)
	},
}

var ojLong = ojCodec[int64]{
	func() int64 { return int64(binary.LittleEndian.Uint64(ojTake(8))) },
	func(value int64) { ojPutLong(uint64(value)) },
}

var ojFloat = ojCodec[float64]{
	func() float64 { return math.Float64frombits(binary.LittleEndian.Uint64(ojTake(8))) },
	func(value float64) { ojPutLong(math.Float64bits(value)) },
}

var ojChar = ojCodec[rune]{
	func() rune { return rune(ojTake(1)[0]) },
	func(value rune) {
		if value < 0 || value > 127 {
			panic(ojWrongType{"a char is one ASCII character"})
		}
		ojOut = append(ojOut, byte(value))
	},
}

var ojString = ojCodec[string]{
	func() string { return string(ojTake(ojCount())) },
	func(value string) {
		ojPutCount(len(value))
		ojOut = append(ojOut, value...)
	},
}

func ojNullable[T any](item ojCodec[T]) ojCodec[*T] {
	return ojCodec[*T]{
		func() *T {
			if !ojFlag() {
				return nil
			}
			value := item.read()
			return &value
		},
		func(value *T) {
			ojPutFlag(value != nil)
			if value != nil {
				item.write(*value)
			}
		},
	}
}

func ojList[T any](item ojCodec[T]) ojCodec[[]T] {
	return ojCodec[[]T]{
		func() []T {
			values := make([]T, ojCount())
			for i := range values {
				values[i] = item.read()
			}
			return values
		},
		func(values []T) {
			ojPutCount(len(values))
			for _, value := range values {
				item.write(value)
			}
		},
	}
}

func ojSet[T comparable](item ojCodec[T]) ojCodec[map[T]bool] {
	return ojCodec[map[T]bool]{
		func() map[T]bool {
			values := map[T]bool{}
			for count := ojCount(); count > 0; count-- {
				values[item.read()] = true
			}
			return values
		},
		func(values map[T]bool) {
			held := []T{}
			for value, in := range values {
				if in {
					held = append(held, value)
				}
			}
			ojList(item).write(held)
		},
	}
}

func ojMap[K comparable, V any](key ojCodec[K], item ojCodec[V]) ojCodec[map[K]V] {
	return ojCodec[map[K]V]{
		func() map[K]V {
			values := map[K]V{}
			for count := ojCount(); count > 0; count-- {
				name := key.read()
				values[name] = item.read()
			}
			return values
		},
		func(values map[K]V) {
			ojPutCount(len(values))
			for name, value := range values {
				key.write(name)
				item.write(value)
			}
		},
	}
}

/*OJ_NODES*/

func ojReply[T any](codec ojCodec[T], result T) {
	defer func() {
		if failure := recover(); failure != nil {
			wrong, ours := failure.(ojWrongType)
			if !ours {
				panic(failure)
			}
			ojOut = []byte{2}
			ojString.write(wrong.why)
		}
	}()
	ojOut = []byte{1}
	codec.write(result)
}

func ojFinish[T any](codec ojCodec[T], result T) {
	ojReply(codec, result)
	if err := os.WriteFile("/scratch/oj_reply", ojOut, 0o600); err != nil {
		panic(err)
	}
	os.Exit(0)
}

func main() {
	raw, err := io.ReadAll(bufio.NewReader(os.Stdin))
	if err != nil {
		panic(err)
	}
	ojRaw = raw
/*OJ_CALL*/
}
