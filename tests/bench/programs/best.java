import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt();
        long run = in.nextLong(), best = run;
        for (int i = 1; i < n; i++) {
            long number = in.nextLong();
            run = Math.max(number, run + number);
            best = Math.max(best, run);
        }
        System.out.println(best);
    }
}
