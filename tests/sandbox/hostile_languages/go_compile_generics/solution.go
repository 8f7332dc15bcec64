package main

type T[A any] struct{ next *T[T[A]] }

func f[A any](n int) { f[T[A]](n + 1) }

func main() { f[int](0) }
