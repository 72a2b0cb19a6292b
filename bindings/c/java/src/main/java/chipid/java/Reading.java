package chipid.java;

import com.sun.jna.Pointer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One reading of one card. After an error it goes on where it stopped, when it is run again, on the same card and no other. It is changed
 * and run by one call at a time: another one, on another thread or from within a transport or listener, is refused with
 * {@link ErrorCode#BUSY}.
 */
public final class Reading extends NativeHandle {
    /** The longest response APDU (ISO/IEC 7816-4, 5.1). */
    private static final int LONGEST_RESPONSE = 65_538;

    private static final Duration LONGEST_WAIT = Duration.ofMillis(0xFFFF_FFFFL);

    private static final int STEP_BYTES = 24;

    private final AtomicBoolean running = new AtomicBoolean();
    private volatile Carrier leftBehind;

    /** The function that the library calls; it lives as long as this. */
    private Lib.OnProgress told;

    /** What the listener threw in the run under way. */
    private volatile Throwable thrownByListener;

    /**
     * A reading with these keys, which may be closed afterwards.
     *
     * @param keys what opens the chip
     */
    public Reading(Keys keys) {
        this(made(keys));
    }

    private Reading(Pointer reading) {
        super(reading, Lib::chipid_reading_free);
    }

    private static Pointer made(Keys keys) {
        try (Scope scope = new Scope()) {
            scope.check(Lib.chipid_reading_new(scope.use(keys), scope.out(), scope.error()));
            return scope.made();
        }
    }

    /**
     * Reads only these data groups, and EF.COM, EF.SOD, DG14 and DG15.
     *
     * @param groups their numbers, 1 to 16
     * @return this reading
     */
    public Reading only(int... groups) {
        byte[] numbers = new byte[Scope.present(groups).length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = groups[i] == (byte) groups[i] ? (byte) groups[i] : 0;
        }
        return change(scope -> {
            Scope.Piece bytes = scope.bytes(numbers);
            return Lib.chipid_reading_only(scope.use(this), bytes.at, bytes.length, scope.error());
        });
    }

    /**
     * Takes a challenge for Active Authentication, where a server chose it.
     *
     * @param challenge eight bytes
     * @return this reading
     */
    public Reading challenge(byte[] challenge) {
        return change(scope -> {
            Scope.Piece bytes = scope.bytes(challenge);
            return Lib.chipid_reading_set_challenge(scope.use(this), bytes.at, bytes.length, scope.error());
        });
    }

    /**
     * Says what the way to the card is known to carry, in bytes of a whole APDU. With commands of less than 46 bytes or responses of less than 52 no
     * chip can be read: 8905.
     *
     * @param command the longest command; 0 where it is not known
     * @param response the longest response; 0 where it is not known
     * @return this reading
     */
    public Reading limits(int command, int response) {
        if (command < 0 || response < 0) {
            throw ChipidException.misuse(ErrorCode.UNKNOWN_VALUE, "a limit is not negative");
        }
        return change(scope -> Lib.chipid_reading_set_limits(scope.use(this), command, response, scope.error()));
    }

    /**
     * Has a listener told whenever something was done, in the place of an earlier one.
     *
     * @param listener the listener, or null for nobody
     * @return this reading
     */
    public Reading onProgress(ProgressListener listener) {
        Lib.OnProgress function = listener == null ? null : (user, progress) -> tell(listener, progress);
        change(scope -> Lib.chipid_reading_on_progress(scope.use(this), function, null, scope.error()));
        told = function;
        return this;
    }

    /**
     * Reads the document. The transport is called on this thread.
     *
     * @param card carries the commands
     * @return the document, to be closed
     */
    public Document read(CardTransport card) {
        return read(card, null);
    }

    /**
     * Reads the document, for as long as nobody cancels. The transport is called on a thread of the reading's own: where it hangs when somebody cancels
     * (or interrupts this thread), that thread is interrupted and left behind, and this call ends with
     * {@link TransportError#CANCELLED}. Until the transport has come back the reading is {@link ErrorCode#BUSY}.
     *
     * @param card carries the commands
     * @param cancel stops it, or null for nobody
     * @return the document, to be closed
     */
    public Document read(CardTransport card, CancelToken cancel) {
        Scope.present(card);
        try (Scope scope = new Scope();
                Alone alone = new Alone()) {
            Pointer reading = scope.use(this);
            try (Carrier carrier = new Carrier(card, cancel)) {
                leftBehind = carrier;
                return run(scope, reading, carrier);
            }
        }
    }

    /**
     * Waits for a card on a reader of this machine, and reads it. What the reader carries is asked of it: {@link #limits} does not count here.
     *
     * @param reader its name, or a part that only it has in its name; empty for any contactless reader
     * @param wait how long to wait for a card: not less than nothing, and 49 days at most
     * @return the document, to be closed
     */
    public Document readOn(String reader, Duration wait) {
        return readOn(reader, wait, null);
    }

    /**
     * The same, for as long as nobody cancels.
     *
     * @param reader its name, or a part that only it has in its name; empty for any contactless reader
     * @param wait how long to wait for a card: not less than nothing, and 49 days at most
     * @param cancel stops it, or null for nobody
     * @return the document, to be closed
     */
    public Document readOn(String reader, Duration wait, CancelToken cancel) {
        int milliseconds = milliseconds(wait);
        CardReader.PcSc.need();
        try (Scope scope = new Scope();
                Alone alone = new Alone();
                NativeCancel stop = new NativeCancel(cancel)) {
            Scope.Piece name = scope.text(reader);
            Pointer reading = scope.use(this);
            int code = CardReader.PcSc.chipid_reading_run_on_reader(
                    reading, name.at, name.length, milliseconds, scope.use(stop), scope.out(), scope.error());
            if (code != 0) {
                throw because(ChipidException.taken(code, scope.error()), null);
            }
            Document document = unlessListenerThrew(new Document(scope.made()));
            if (cancel != null && cancel.isCancelled()) {
                // The library is told on another thread, and may have come to the end before.
                document.close();
                throw ChipidException.transport(TransportError.CANCELLED, null);
            }
            return document;
        }
    }

    /** As 32 bits without a sign; what is longer is as long as those can say, 49 days. */
    static int milliseconds(Duration wait) {
        if (Scope.present(wait).isNegative()) {
            throw ChipidException.misuse(ErrorCode.UNKNOWN_VALUE, "a wait is not negative");
        }
        return wait.compareTo(LONGEST_WAIT) < 0 ? (int) wait.toMillis() : -1;
    }

    /** Carries bytes between the steps of the library and the transport, until there is a document or an error. */
    private Document run(Scope scope, Pointer reading, Carrier carrier) {
        Pointer step = scope.room(STEP_BYTES);
        Room room = new Room();
        boolean ended = false;
        try {
            Answer answer = null;
            int code = Lib.chipid_reading_begin(reading, step, scope.error());
            while (code == 0) {
                byte[] command = Scope.taken(step);
                if (command == null) {
                    ended = true;
                    return unlessListenerThrew(new Document(step.getPointer(16)));
                }
                answer = carried(carrier, command);
                code = answer.response != null
                        ? Lib.chipid_reading_next(
                                reading, room.of(answer.response), answer.response.length, 0, step, scope.error())
                        : Lib.chipid_reading_next(reading, null, 0, answer.error.code(), step, scope.error());
            }
            ended = true;
            throw because(ChipidException.taken(code, scope.error()), answer == null ? null : answer.cause);
        } finally {
            room.free();
            if (!ended) {
                Lib.chipid_reading_stop(reading);
            }
        }
    }

    /** A response, or why there is none. */
    private static final class Answer {
        final byte[] response;
        final TransportError error;
        final Throwable cause;

        Answer(byte[] response, TransportError error, Throwable cause) {
            this.response = response;
            this.error = error;
            this.cause = cause;
        }
    }

    private Answer carried(Carrier carrier, byte[] command) {
        if (thrownByListener != null || isClosed()) {
            return new Answer(null, TransportError.CANCELLED, null);
        }
        try {
            byte[] response = carrier.carry(command);
            return response == null || response.length > LONGEST_RESPONSE
                    ? new Answer(null, TransportError.RESPONSE_MALFORMED, null)
                    : new Answer(response, null, null);
        } catch (Carrier.Cancelled cancelled) {
            return new Answer(null, TransportError.CANCELLED, null);
        } catch (TransportException thrown) {
            return new Answer(null, thrown.error(), thrown);
        } catch (Exception thrown) {
            return new Answer(null, TransportError.TRANSPORT_FAILED, thrown);
        }
    }

    private Document unlessListenerThrew(Document document) {
        Throwable thrown = thrownByListener;
        if (thrown != null) {
            document.close();
            throw ChipidException.transport(TransportError.CANCELLED, thrown);
        }
        return document;
    }

    private ChipidException because(ChipidException error, Throwable cause) {
        Throwable first = thrownByListener != null ? thrownByListener : cause;
        return first == null || !error.transportError().isPresent() ? error : error.because(first);
    }

    /** Nothing leaves it: beyond it is no Java. */
    private void tell(ProgressListener listener, Pointer progress) {
        if (thrownByListener != null) {
            return;
        }
        try {
            listener.onProgress(new Progress(
                    progress.getInt(0), progress.getInt(4), progress.getLong(8), progress.getLong(16)));
        } catch (Throwable thrown) {
            thrownByListener = thrown;
        }
    }

    private Reading change(Change change) {
        try (Scope scope = new Scope();
                Alone alone = new Alone()) {
            scope.check(change.make(scope));
        }
        return this;
    }

    private interface Change {
        int make(Scope scope);
    }

    /** Keeps a second call away for as long as it is open. */
    private final class Alone implements AutoCloseable {
        Alone() {
            boolean alone = running.compareAndSet(false, true);
            Carrier carrier = leftBehind;
            if (alone && carrier != null && carrier.isWithin()) {
                running.set(false);
                alone = false;
            }
            if (!alone) {
                throw ChipidException.misuse(ErrorCode.BUSY, "another call is at work on it");
            }
            leftBehind = null;
            thrownByListener = null;
        }

        @Override
        public void close() {
            Carrier carrier = leftBehind;
            if (carrier != null && !carrier.isWithin()) {
                leftBehind = null;
            }
            running.set(false);
        }
    }
}
