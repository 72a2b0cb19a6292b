package chipid.java;

/** What Active Authentication gave: a challenge, and the chip's signature over it. */
public final class ActiveAuthentication {
    private final byte[] challenge;
    private final byte[] signature;

    ActiveAuthentication(byte[] challenge, byte[] signature) {
        this.challenge = challenge;
        this.signature = signature;
    }

    /**
     * The challenge.
     *
     * @return eight bytes
     */
    public byte[] challenge() {
        return challenge.clone();
    }

    /**
     * The chip's answer.
     *
     * @return a signature
     */
    public byte[] signature() {
        return signature.clone();
    }
}
