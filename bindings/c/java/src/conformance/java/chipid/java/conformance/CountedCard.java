package chipid.java.conformance;

import chipid.java.CancelToken;
import chipid.java.CardTransport;
import chipid.java.TransportError;
import chipid.java.TransportException;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** A card of the server that fails, throws and cancels where a case says so, counted over the whole case. */
final class CountedCard implements CardTransport, Closeable {
    private final int port;
    private final String id;
    private final CancelToken cancel;
    private final int cancelAfter;
    private final int throwAt;
    private final Map<Integer, TransportError> failures = new HashMap<>();
    private SocketCard card;
    private int asked;
    private int carried;

    CountedCard(Block block, int port, CancelToken cancel) {
        this.port = port;
        this.cancel = cancel;
        id = block.text("card");
        cancelAfter = block.number("cancel_after", -1);
        throwAt = block.number("throw_at", -1);
        for (String[] failure : block.beginning("fail.")) {
            TransportError error = TransportError.of(Integer.parseInt(failure[1])).orElse(TransportError.TRANSPORT_FAILED);
            failures.put(Integer.parseInt(failure[0]), error);
        }
    }

    int asked() {
        return asked;
    }

    @Override
    public byte[] transmit(byte[] command) throws IOException {
        asked++;
        if (asked == throwAt) {
            throw new IllegalStateException("thrown by the case");
        }
        if (failures.containsKey(asked)) {
            throw new TransportException(failures.get(asked));
        }
        if (card == null) {
            card = new SocketCard(port, id);
        }
        byte[] response;
        try {
            response = card.transmit(command);
        } catch (IOException gone) {
            close();
            throw gone;
        }
        carried++;
        if (carried == cancelAfter) {
            cancel.cancel();
        }
        return response;
    }

    /** Lets go of the connection, where there is one: the next command goes over another. */
    @Override
    public void close() throws IOException {
        if (card != null) {
            card.close();
        }
        card = null;
    }
}
