package chipid.java;

import java.io.IOException;

/** Thrown by a {@link CardTransport} that knows why it could not carry a command. */
public final class TransportException extends IOException {
    private static final long serialVersionUID = 1;

    /** Why. */
    private final TransportError error;

    /**
     * Why there is no response.
     *
     * @param error why
     */
    public TransportException(TransportError error) {
        this(error, null);
    }

    /**
     * Why there is no response.
     *
     * @param error why
     * @param cause what told the transport, or null
     */
    public TransportException(TransportError error, Throwable cause) {
        super(Scope.present(error).sentence(), cause);
        this.error = error;
    }

    /**
     * Why there is no response.
     *
     * @return why
     */
    public TransportError error() {
        return error;
    }
}
