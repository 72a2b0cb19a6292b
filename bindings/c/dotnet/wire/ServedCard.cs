using System;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Chipid.Wire
{
    /// <summary>A card of the conformance program's server: a frame with its name, then a command and a response by turns.</summary>
    internal sealed class ServedCard : ICardTransport, IDisposable
    {
        private readonly int port;
        private readonly string name;
        private TcpClient connection;

        internal ServedCard(int port, string name)
        {
            this.port = port;
            this.name = name;
        }

        public async Task<byte[]> TransmitAsync(byte[] command, CancellationToken cancellation)
        {
            try
            {
                if (connection == null)
                {
                    connection = new TcpClient();
                    await connection.ConnectAsync("127.0.0.1", port).ConfigureAwait(false);
                    connection.NoDelay = true;
                    await WriteAsync(Encoding.UTF8.GetBytes(name), cancellation).ConfigureAwait(false);
                }
                await WriteAsync(command, cancellation).ConfigureAwait(false);
                var length = await ReadAsync(4, cancellation).ConfigureAwait(false);
                return await ReadAsync(
                    length[0] << 24 | length[1] << 16 | length[2] << 8 | length[3], cancellation).ConfigureAwait(false);
            }
            catch (Exception gone) when (gone is IOException || gone is SocketException)
            {
                Dispose();
                throw new TransportException(TransportError.CardRemoved, gone);
            }
        }

        /// <summary>The next command connects anew.</summary>
        public void Dispose()
        {
            connection?.Dispose();
            connection = null;
        }

        private Task WriteAsync(byte[] bytes, CancellationToken cancellation)
        {
            var frame = new byte[4 + bytes.Length];
            for (var place = 0; place < 4; place++)
                frame[place] = (byte)(bytes.Length >> (24 - 8 * place));
            Buffer.BlockCopy(bytes, 0, frame, 4, bytes.Length);
            return connection.GetStream().WriteAsync(frame, 0, frame.Length, cancellation);
        }

        private async Task<byte[]> ReadAsync(int length, CancellationToken cancellation)
        {
            var bytes = new byte[length];
            for (var there = 0; there < length;)
            {
                var more = await connection.GetStream().ReadAsync(bytes, there, length - there, cancellation).ConfigureAwait(false);
                if (more == 0)
                    throw new EndOfStreamException();
                there += more;
            }
            return bytes;
        }
    }
}
