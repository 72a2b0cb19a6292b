package chipid.java.conformance;

import chipid.java.CardTransport;
import chipid.java.TransportError;
import chipid.java.TransportException;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A card of the card server: each frame is its length in 4 bytes, big-endian, and bytes. */
public final class SocketCard implements CardTransport, Closeable {
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    /** Puts a card on a new connection. */
    public SocketCard(int port, String id) throws IOException {
        socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
        send(id.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public byte[] transmit(byte[] command) throws IOException {
        try {
            send(command);
            byte[] response = new byte[in.readInt()];
            in.readFully(response);
            return response;
        } catch (EOFException | SocketException closed) {
            throw new TransportException(TransportError.CARD_REMOVED, closed);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void send(byte[] bytes) throws IOException {
        byte[] frame = new byte[4 + bytes.length];
        frame[0] = (byte) (bytes.length >> 24);
        frame[1] = (byte) (bytes.length >> 16);
        frame[2] = (byte) (bytes.length >> 8);
        frame[3] = (byte) bytes.length;
        System.arraycopy(bytes, 0, frame, 4, bytes.length);
        out.write(frame);
        out.flush();
    }
}
