package chipid.java;

/**
 * Keys to try, never more than five, with what came along (QR code, zone, number), which is compared with the signed data.
 *
 * <p>The arrays are the caller's to wipe; chipid wipes its own copies.
 */
public final class Keys extends NativeHandle {
    private Keys(Scope scope) {
        super(scope.made(), Lib::chipid_keys_free);
    }

    /**
     * The card access number. Those of a Vietnamese card are the last six digits of its number.
     *
     * @param digits six digits
     * @return keys, to be closed
     */
    public static Keys can(char[] digits) {
        return of(digits, Lib::chipid_keys_can);
    }

    /**
     * The holder's PIN. A few wrong ones block it.
     *
     * @param digits four to twelve digits
     * @return keys, to be closed
     */
    public static Keys pin(char[] digits) {
        return of(digits, Lib::chipid_keys_pin);
    }

    /**
     * The number that unblocks the PIN.
     *
     * @param digits eight to twelve digits
     * @return keys, to be closed
     */
    public static Keys puk(char[] digits) {
        return of(digits, Lib::chipid_keys_puk);
    }

    /**
     * The machine readable zone. What a camera confused is put right where check digits prove it.
     *
     * @param zone its text, with or without ends of lines
     * @return keys, to be closed
     */
    public static Keys mrz(char[] zone) {
        return of(zone, Lib::chipid_keys_mrz);
    }

    /**
     * The personal number of a Vietnamese card. It opens chips that have PACE.
     *
     * @param digits twelve digits
     * @return keys, to be closed
     */
    public static Keys number(char[] digits) {
        return of(digits, Lib::chipid_keys_number);
    }

    /**
     * The QR code of a Vietnamese card.
     *
     * @param code its text in any encoding, or a picture of it (JPEG, PNG)
     * @return keys, to be closed
     */
    public static Keys qr(byte[] code) {
        try (Scope scope = new Scope()) {
            Scope.Piece given = scope.bytes(code);
            scope.check(Lib.chipid_keys_qr(given.at, given.length, scope.out(), scope.error()));
            return new Keys(scope);
        }
    }

    /**
     * What the zone has of a document, where the zone itself is not at hand.
     *
     * @param number the document number
     * @param birth the day of birth as YYMMDD
     * @param expiry the last day of validity as YYMMDD
     * @return keys, to be closed
     */
    public static Keys document(char[] number, char[] birth, char[] expiry) {
        try (Scope scope = new Scope()) {
            Scope.Piece first = scope.text(number);
            Scope.Piece second = scope.text(birth);
            Scope.Piece third = scope.text(expiry);
            scope.check(Lib.chipid_keys_document(
                    first.at,
                    first.length,
                    second.at,
                    second.length,
                    third.at,
                    third.length,
                    scope.out(),
                    scope.error()));
            return new Keys(scope);
        }
    }

    /**
     * The personal number with two days: for chips without PACE, whose day of expiry is reckoned from them.
     *
     * @param digits twelve digits
     * @param birth the day of birth as a number: 19990315
     * @param issued the day of issue as a number: 20210510
     * @return keys, to be closed
     */
    public static Keys numberAndDays(char[] digits, int birth, int issued) {
        return of(digits, (at, length, out, error) ->
                Lib.chipid_keys_number_and_days(at, length, birth, issued, out, error));
    }

    private static Keys of(char[] text, Making making) {
        try (Scope scope = new Scope()) {
            Scope.Piece given = scope.text(text);
            scope.check(making.make(given.at, given.length, scope.out(), scope.error()));
            return new Keys(scope);
        }
    }

    /** A function that makes keys of a text. */
    private interface Making {
        int make(com.sun.jna.Pointer at, long length, com.sun.jna.Pointer out, com.sun.jna.Pointer error);
    }
}
