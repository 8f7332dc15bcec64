public class Main {
    interface F<A, B> { }
    static <A> F<A, A> f(A a) { return null; }
    static void g() {
        var a = f(0); var b = f(a); var c = f(b); var d = f(c); var e = f(d); var h = f(e); var i = f(h); var j = f(i);
        var k = f(j); var l = f(k); var m = f(l); var n = f(m); var o = f(n); var p = f(o); var q = f(p); var r = f(q);
        var s = f(r); var t = f(s); var u = f(t); var v = f(u); var w = f(v); var x = f(w); var y = f(x); var z = f(y);
        String wrong = f(f(z));
    }
    public static void main(String[] arguments) { }
}
