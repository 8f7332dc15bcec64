public class Main {
    public static void main(String[] arguments) {
        int count = 0;
        try {
            for (;; count++) {
                Thread thread = new Thread(() -> { for (;;) try { Thread.sleep(100000); } catch (InterruptedException e) { } });
                thread.setDaemon(true);
                thread.start();
            }
        } catch (Throwable error) {
            System.out.println("refused " + (count < 64));
        }
        Runtime.getRuntime().halt(0);
    }
}
