using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace GraphRisk.Cli.Backups;

/// <summary>
/// The key a backup is encrypted with. Each file has a key of its own (HKDF-SHA256 of this one, a random salt and the file's name) and is sealed in chunks by AES-256-GCM,
/// numbered and with the last one marked, so that no byte can be changed, no chunk moved and no end cut off. Derived with the file's key is a mark that tells a wrong key from a damaged file.
/// </summary>
internal sealed class BackupKey
{
    private const int KeyBytes = 32;
    private const int MarkBytes = 16;
    private const int TagBytes = 16;
    private const int NonceBytes = 12;
    private const int ChunkBytes = 1 << 16;
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly byte[] key;

    private BackupKey(byte[] key) => this.key = key;

    /// <summary>What a sealed file begins with.</summary>
    private static ReadOnlySpan<byte> Magic => "GRSEAL1\n"u8;

    /// <summary>Reads a key file: 32 random bytes, or 64 hexadecimal digits.</summary>
    /// <exception cref="UserErrorException">There is none, it is no key, or others may read it.</exception>
    public static BackupKey? Load(FileInfo? file)
    {
        if (file is null) return null;
        if (!file.Exists) throw new UserErrorException($"There is no key '{file.FullName}'. One is made by: (umask 077; openssl rand -out '{file.FullName}' {KeyBytes}). Keep a copy away from the backups.");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.FullName) & ~Owner) != 0)
            throw new UserErrorException($"Others may read the key '{file.FullName}': run chmod 600 '{file.FullName}'.");
        var bytes = File.ReadAllBytes(file.FullName);
        if (bytes.Length == KeyBytes) return new BackupKey(bytes);
        var text = Encoding.ASCII.GetString(bytes).Trim();
        return text.Length == 2 * KeyBytes && text.All(char.IsAsciiHexDigit)
            ? new BackupKey(Convert.FromHexString(text))
            : throw new UserErrorException($"'{file.FullName}' is no key: it holds neither {KeyBytes} bytes nor {2 * KeyBytes} hexadecimal digits.");
    }

    /// <summary>Whether bytes are the beginning of a sealed file.</summary>
    public static bool IsSealed(ReadOnlySpan<byte> beginning) => beginning.StartsWith(Magic);

    /// <summary>A stream that seals what is written to it; closing it ends the file and leaves the target open.</summary>
    public Stream Seal(Stream target, string name)
    {
        var salt = RandomNumberGenerator.GetBytes(KeyBytes);
        var (own, mark) = Derive(salt, name);
        target.Write(Magic);
        target.Write(salt);
        target.Write(mark);
        return new Sealing(target, own);
    }

    /// <summary>A stream of what was sealed; closing it closes the source.</summary>
    /// <param name="source">The sealed file, which tells its length.</param>
    /// <param name="name">Name it was sealed under.</param>
    /// <exception cref="UserErrorException">It was sealed with another key.</exception>
    /// <exception cref="InvalidDataException">It is damaged; so throw reads of it.</exception>
    public Stream Open(Stream source, string name)
    {
        var head = new byte[Magic.Length + KeyBytes + MarkBytes];
        if (source.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !IsSealed(head)) throw new InvalidDataException($"'{name}' is damaged: it is no sealed file.");
        var (own, mark) = Derive(head.AsSpan(Magic.Length, KeyBytes).ToArray(), name);
        return CryptographicOperations.FixedTimeEquals(mark, head.AsSpan(Magic.Length + KeyBytes))
            ? new Opening(source, own, name)
            : throw new UserErrorException($"'{name}' is encrypted with another key than the one given with --key.");
    }

    private (byte[] Own, byte[] Mark) Derive(byte[] salt, string name)
    {
        var derived = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyBytes + MarkBytes, salt, Encoding.UTF8.GetBytes($"graphrisk backup {name}"));
        return (derived[..KeyBytes], derived[KeyBytes..]);
    }

    private static void SetNonce(Span<byte> nonce, long number, bool isLast)
    {
        nonce.Clear();
        nonce[0] = isLast ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt64BigEndian(nonce[4..], number);
    }

    private sealed class Sealing(Stream target, byte[] own) : OneWayStream
    {
        private readonly AesGcm cipher = new(own, TagBytes);
        private readonly byte[] plain = new byte[ChunkBytes];
        private readonly byte[] coded = new byte[ChunkBytes + TagBytes];
        private int filled;
        private long number;
        private bool isClosed;

        public override bool CanWrite => true;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            while (buffer.Length > 0)
            {
                if (filled == ChunkBytes) WriteChunk(isLast: false);
                var count = Math.Min(buffer.Length, ChunkBytes - filled);
                buffer[..count].CopyTo(plain.AsSpan(filled));
                filled += count;
                buffer = buffer[count..];
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && !isClosed)
            {
                isClosed = true;
                WriteChunk(isLast: true);
                cipher.Dispose();
            }

            base.Dispose(disposing);
        }

        private void WriteChunk(bool isLast)
        {
            Span<byte> nonce = stackalloc byte[NonceBytes];
            SetNonce(nonce, number++, isLast);
            cipher.Encrypt(nonce, plain.AsSpan(0, filled), coded.AsSpan(0, filled), coded.AsSpan(filled, TagBytes));
            target.Write(coded, 0, filled + TagBytes);
            filled = 0;
        }
    }

    private sealed class Opening(Stream source, byte[] own, string name) : OneWayStream
    {
        private readonly AesGcm cipher = new(own, TagBytes);
        private readonly byte[] plain = new byte[ChunkBytes];
        private readonly byte[] coded = new byte[ChunkBytes + TagBytes];
        private int at;
        private int filled;
        private long number;
        private bool isLast;

        public override bool CanRead => true;

        public override int Read(Span<byte> buffer)
        {
            while (at == filled && !isLast) ReadChunk();
            var count = Math.Min(buffer.Length, filled - at);
            plain.AsSpan(at, count).CopyTo(buffer);
            at += count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                cipher.Dispose();
                source.Dispose();
            }

            base.Dispose(disposing);
        }

        private void ReadChunk()
        {
            var left = source.Length - source.Position;
            var size = (int)Math.Min(coded.Length, left);
            isLast = size == left;
            (at, filled) = (0, size - TagBytes);
            Span<byte> nonce = stackalloc byte[NonceBytes];
            SetNonce(nonce, number++, isLast);
            try
            {
                if (filled < 0) throw new InvalidDataException($"'{name}' is damaged: its end is missing.");
                source.ReadExactly(coded, 0, size);
                cipher.Decrypt(nonce, coded.AsSpan(0, filled), coded.AsSpan(filled, TagBytes), plain.AsSpan(0, filled));
            }
            catch (AuthenticationTagMismatchException error)
            {
                throw new InvalidDataException($"'{name}' is damaged: it is not what was sealed.", error);
            }
        }
    }

    /// <summary>A stream that goes one way and does not turn.</summary>
    private abstract class OneWayStream : Stream
    {
        public override bool CanRead => false;

        public override bool CanWrite => false;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => throw new NotSupportedException();

        public override void Flush()
        {
            // A chunk is written when it is full or the last.
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
