package chipid.java;

import java.io.IOException;

/** Carries commands to a chip: whatever way the application has to a card. */
@FunctionalInterface
public interface CardTransport {
    /**
     * Sends a command APDU to the chip and returns its response with the status word.
     *
     * <p>It is called by one thread at a time: the one that called {@link Reading#read(CardTransport)}, or, where a {@link CancelToken} was given,
     * one of the reading's own. It must not call anything of the same reading. A {@link TransportException} says why there is no response;
     * anything else that is thrown is {@link TransportError#TRANSPORT_FAILED}, and is the cause of the reading's {@link ChipidException}. Null is
     * {@link TransportError#RESPONSE_MALFORMED}.
     *
     * @param command the command APDU; the array is the transport's to keep
     * @return the response APDU
     * @throws IOException where there is no response
     */
    byte[] transmit(byte[] command) throws IOException;
}
