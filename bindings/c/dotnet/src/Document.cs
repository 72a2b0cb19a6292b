using System;

namespace Chipid
{
    /// <summary>A document's files, believed by nobody yet: an <see cref="Assessment"/> says what they are worth.</summary>
    public sealed class Document : IDisposable
    {
        internal readonly DocumentHandle Handle;

        /// <summary>A document without files, to be filled with <see cref="Add"/>.</summary>
        public Document()
        {
            Library.MustFit();
            var code = Native.chipid_document_new(out Handle, out var error);
            ChipidException.ThrowIf(code, error);
        }

        internal Document(DocumentHandle handle) { Handle = handle; }

        /// <summary>A document from a folder that <see cref="Save"/> or the program wrote.</summary>
        /// <param name="folder">The folder's path.</param>
        public static Document Load(string folder)
        {
            Given.Be(folder, nameof(folder));
            var utf8 = Utf8.Bytes(folder);
            Library.MustFit();
            var code = Native.chipid_document_load(utf8, utf8.Size(), out var document, out var error);
            ChipidException.ThrowIf(code, error);
            return new Document(document);
        }

        /// <summary>
        /// Adds a saved file, or puts it in the place of an earlier one. Only to a document of <see cref="Document()"/>: what a chip or a
        /// folder gave is not added to (8902).
        /// </summary>
        /// <param name="file">0x0101 for DG1, 0x011E for EF.COM, 0x011D for EF.SOD, 0x3F00011D for EF.CardSecurity.</param>
        /// <param name="data">The file as it was read.</param>
        public void Add(int file, byte[] data)
        {
            Given.Be(data, nameof(data));
            var code = Native.chipid_document_add(Handle, unchecked((uint)file), data, data.Size(), out var error);
            ChipidException.ThrowIf(code, error);
        }

        /// <summary>
        /// Adds what Active Authentication gave when the files were read. Only to a document of <see cref="Document()"/>.
        /// </summary>
        /// <param name="challenge">The challenge, eight bytes.</param>
        /// <param name="signature">The chip's answer.</param>
        public void AddActiveAuthentication(byte[] challenge, byte[] signature)
        {
            Given.Be(challenge, nameof(challenge));
            Given.Be(signature, nameof(signature));
            var code = Native.chipid_document_add_active_authentication(
                Handle, challenge, challenge.Size(), signature, signature.Size(), out var error);
            ChipidException.ThrowIf(code, error);
        }

        /// <summary>What Active Authentication gave, for keeping it; false where it was not done.</summary>
        /// <param name="challenge">The challenge.</param>
        /// <param name="signature">The chip's answer.</param>
        public bool ActiveAuthentication(out byte[] challenge, out byte[] signature)
        {
            var code = Native.chipid_document_active_authentication(Handle, out var asked, out var answered, out var error);
            ChipidException.ThrowIf(code, error);
            challenge = asked.Take();
            signature = answered.Take();
            return signature != null;
        }

        /// <summary>
        /// Says which challenge the caller itself chose for the Active Authentication whose answer was saved with the document. Without it
        /// such an answer may be of any day, and is doubted.
        /// </summary>
        /// <param name="challenge">Eight bytes.</param>
        public void ChallengedWith(byte[] challenge)
        {
            Given.Be(challenge, nameof(challenge));
            var code = Native.chipid_document_challenged_with(Handle, challenge, challenge.Size(), out var error);
            ChipidException.ThrowIf(code, error);
        }

        /// <summary>A raw file, believed by nobody: for keeping it. Null where the document has none of that number.</summary>
        /// <param name="file">As in <see cref="Add"/>.</param>
        public byte[] DangerUnverifiedFile(int file)
        {
            var code = Native.chipid_document_danger_unverified_file(Handle, unchecked((uint)file), out var bytes, out var error);
            ChipidException.ThrowIf(code, error);
            return bytes.Take();
        }

        /// <summary>Saves the raw files, readable by their owner alone, in a folder that is made, or holds no document yet.</summary>
        /// <param name="folder">The folder's path.</param>
        public void Save(string folder)
        {
            Given.Be(folder, nameof(folder));
            var utf8 = Utf8.Bytes(folder);
            var code = Native.chipid_document_save(Handle, utf8, utf8.Size(), out var error);
            ChipidException.ThrowIf(code, error);
        }

        /// <summary>Wipes and frees it.</summary>
        public void Dispose() => Handle.Dispose();
    }
}
