package chipid.java;

import java.util.concurrent.CountDownLatch;

/** A process that says which library it has: {@code version}; or how many milliseconds a cancellation takes: {@code cancel}. */
final class Loaded {
    private Loaded() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("version")) {
            System.out.println("loaded " + Chipid.version());
            return;
        }
        CancelToken token = new CancelToken();
        CountDownLatch other = new CountDownLatch(1);
        try (NativeCancel waiting = new NativeCancel(token)) {
            token.onCancel(other::countDown);
            long began = System.nanoTime();
            token.cancel();
            System.out.println("cancelled " + (System.nanoTime() - began) / 1_000_000);
        }
        other.await();
    }
}
