package chipid.java;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Carries commands for one run of a reading: on the thread of the run, or, where somebody may cancel, on one of its own, so that a transport
 * that hangs can be left behind.
 */
final class Carrier implements AutoCloseable {
    private final CardTransport card;
    private final CancelToken token;
    private final ExecutorService own;
    private final Runnable hook = this::cancelled;

    private volatile Thread worker;
    private volatile boolean within;
    private volatile CompletableFuture<byte[]> awaited;

    Carrier(CardTransport card, CancelToken token) {
        this.card = card;
        this.token = token;
        own = token == null ? null : Executors.newSingleThreadExecutor(this::daemon);
        if (token != null) {
            token.onCancel(hook);
        }
    }

    /** It was cancelled before there was a response. */
    static final class Cancelled extends Exception {
        private static final long serialVersionUID = 1;

        Cancelled() {
            super(null, null, false, false);
        }
    }

    /**
     * Carries a command.
     *
     * @return the response
     * @throws Exception what the transport threw, or that it was cancelled
     */
    byte[] carry(byte[] command) throws Exception {
        if (own == null) {
            within = true;
            return transmit(command);
        }
        CompletableFuture<byte[]> response = new CompletableFuture<>();
        awaited = response;
        // Whoever cancels from here on finds it awaited.
        if (token.isCancelled()) {
            throw new Cancelled();
        }
        within = true;
        try {
            own.execute(() -> {
                try {
                    response.complete(transmit(command));
                } catch (Throwable thrown) {
                    response.completeExceptionally(thrown);
                }
            });
        } catch (Throwable noThread) {
            within = false;
            throw noThread;
        }
        return await(response);
    }

    /** Whether a transport that was left behind has not come back yet. */
    boolean isWithin() {
        return within;
    }

    @Override
    public void close() {
        if (own != null) {
            token.forget(hook);
            if (!own.shutdownNow().isEmpty()) {
                within = false;
            }
        }
    }

    private static byte[] await(CompletableFuture<byte[]> response) throws Exception {
        try {
            return response.get();
        } catch (CancellationException cancelled) {
            throw new Cancelled();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Cancelled();
        } catch (ExecutionException wrapped) {
            Throwable thrown = wrapped.getCause();
            if (thrown instanceof Error) {
                throw (Error) thrown;
            }
            throw thrown instanceof Exception ? (Exception) thrown : wrapped;
        }
    }

    private byte[] transmit(byte[] command) throws Exception {
        try {
            return card.transmit(command);
        } finally {
            within = false;
        }
    }

    private void cancelled() {
        CompletableFuture<byte[]> response = awaited;
        // A transport that cancels of itself may yet hand its response over: the next command is not carried.
        if (response != null && worker != Thread.currentThread()) {
            response.cancel(false);
        }
    }

    private Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "chipid-card");
        thread.setDaemon(true);
        worker = thread;
        return thread;
    }
}
