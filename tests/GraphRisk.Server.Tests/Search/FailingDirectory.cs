using Lucene.Net.Store;

namespace GraphRisk.Server.Tests.Search;

/// <summary>A directory of Lucene's on a disk that has room for so many more bytes; what is begun and not written whole is deleted by Lucene and gives its room back to nobody.</summary>
internal sealed class FailingDirectory(Lucene.Net.Store.Directory inner) : FilterDirectory(inner)
{
    /// <summary>Bytes there is room for; null for any number.</summary>
    public long? Room { get; set; }

    /// <summary>How often the disk was full.</summary>
    public int Failures { get; private set; }

    /// <summary>Failures after which somebody has made room.</summary>
    public int FailuresUntilRoom { get; set; } = int.MaxValue;

    public override IndexOutput CreateOutput(string name, IOContext context) => new Output(this, base.CreateOutput(name, context));

    private const int NoSpace = 28;

    private void Take(long bytes)
    {
        if (Room is not { } room) return;
        if ((Room = room - bytes) >= 0) return;
        if (++Failures >= FailuresUntilRoom) Room = null;
        throw new IOException("No space left on device", NoSpace);
    }

    private sealed class Output(FailingDirectory directory, IndexOutput inner) : IndexOutput
    {
        public override long Checksum => inner.Checksum;

#pragma warning disable CS0618, CS0672 // Lucene keeps it abstract.
        public override long Position => inner.Position;

        public override void Seek(long pos) => inner.Seek(pos);
#pragma warning restore CS0618, CS0672

        public override void Flush() => inner.Flush();

        public override void WriteByte(byte b)
        {
            directory.Take(1);
            inner.WriteByte(b);
        }

        public override void WriteBytes(byte[] b, int offset, int length)
        {
            directory.Take(length);
            inner.WriteBytes(b, offset, length);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
        }
    }
}
