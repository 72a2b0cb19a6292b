package chipid.java;

import java.io.IOException;
import javax.smartcardio.CardChannel;
import javax.smartcardio.CardException;
import javax.smartcardio.CommandAPDU;

/**
 * Carries commands through {@code javax.smartcardio}: for programs that have a card from there. {@link Reading#readOn} needs none of it, and
 * asks the reader what it carries. {@code javax.smartcardio} is a module of its own ({@code java.smartcardio}) from Java 9 on.
 */
public final class SmartCardTransport implements CardTransport {
    private final CardChannel channel;

    /**
     * Commands over a channel.
     *
     * @param channel the basic channel of a card that was connected to with protocol T=1 or T=CL
     */
    public SmartCardTransport(CardChannel channel) {
        this.channel = Scope.present(channel);
    }

    @Override
    public byte[] transmit(byte[] command) throws IOException {
        try {
            return channel.transmit(new CommandAPDU(command)).getBytes();
        } catch (CardException failed) {
            throw new TransportException(reason(failed), failed);
        } catch (IllegalStateException closed) {
            throw new TransportException(TransportError.CARD_REMOVED, closed);
        }
    }

    /** The JDK gives the name of the PC/SC error as the message of a cause. */
    private static TransportError reason(Throwable failed) {
        for (Throwable at = failed; at != null; at = at.getCause()) {
            switch (String.valueOf(at.getMessage())) {
                case "SCARD_W_REMOVED_CARD":
                case "SCARD_E_NO_SMARTCARD":
                    return TransportError.CARD_REMOVED;
                case "SCARD_E_READER_UNAVAILABLE":
                    return TransportError.READER_REMOVED;
                case "SCARD_W_RESET_CARD":
                    return TransportError.CARD_RESET;
                case "SCARD_W_UNRESPONSIVE_CARD":
                case "SCARD_W_UNPOWERED_CARD":
                    return TransportError.CARD_MUTE;
                case "SCARD_E_SHARING_VIOLATION":
                    return TransportError.SHARING_VIOLATION;
                case "SCARD_E_NO_SERVICE":
                case "SCARD_E_SERVICE_STOPPED":
                    return TransportError.SERVICE_UNAVAILABLE;
                case "SCARD_E_TIMEOUT":
                    return TransportError.TIMEOUT;
                default:
                    break;
            }
        }
        return TransportError.TRANSPORT_FAILED;
    }
}
