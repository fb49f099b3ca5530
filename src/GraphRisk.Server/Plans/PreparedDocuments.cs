using System.Collections.Concurrent;

namespace GraphRisk.Server.Plans;

/// <summary>
/// Prepared documents by their text and the name of the operation to run, of which those asked for lately are kept: a full generation becomes the older one, and
/// what nobody asked for in the meantime goes. Full is a number of documents or of bytes of text, whichever comes first. Thread-safe.
/// </summary>
/// <param name="bound">Documents a generation holds.</param>
/// <param name="boundBytes">Bytes of text a generation holds; a parsed document takes some fifty times as many.</param>
internal sealed class PreparedDocuments(int bound = 512, int boundBytes = 1 << 20)
{
    private readonly Lock gate = new();
    private volatile Generation young = new();
    private volatile Generation old = new();

    /// <summary>What is kept for a text; null where nothing is.</summary>
    public PreparedDocument? Find(ReadOnlySpan<byte> text, string? operation)
    {
        if (young.Find(text, operation) is { } known) return known;
        if (old.Find(text, operation) is not { } former) return null;
        Keep(text, operation, former);
        return former;
    }

    /// <summary>Keeps a document.</summary>
    public void Keep(ReadOnlySpan<byte> text, string? operation, PreparedDocument document)
    {
        lock (gate)
        {
            if (young.Documents >= bound || young.Bytes + text.Length > boundBytes) (old, young) = (young, new Generation());
            young.Add(text.ToArray(), operation, document);
        }
    }

    private sealed class Generation
    {
        private readonly ConcurrentDictionary<byte[], (string? Operation, PreparedDocument Document)[]> byText = new(new TextComparer());
        private readonly ConcurrentDictionary<byte[], (string? Operation, PreparedDocument Document)[]>.AlternateLookup<ReadOnlySpan<byte>> lookup;

        public Generation() => lookup = byText.GetAlternateLookup<ReadOnlySpan<byte>>();

        public int Documents { get; private set; }

        public int Bytes { get; private set; }

        public PreparedDocument? Find(ReadOnlySpan<byte> text, string? operation)
        {
            if (!lookup.TryGetValue(text, out var known)) return null;
            foreach (var one in known)
                if (one.Operation == operation) return one.Document;
            return null;
        }

        public void Add(byte[] text, string? operation, PreparedDocument document)
        {
            byText[text] = byText.TryGetValue(text, out var known) ? [.. known.Where(one => one.Operation != operation), (operation, document)] : [(operation, document)];
            Documents++;
            Bytes += text.Length;
        }
    }

    /// <summary>By content; the hash is seeded per process, so texts cannot be chosen to collide.</summary>
    private sealed class TextComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? one, byte[]? other) => one.AsSpan().SequenceEqual(other);

        public int GetHashCode(byte[] text) => GetHashCode(text.AsSpan());

        public bool Equals(ReadOnlySpan<byte> one, byte[] other) => one.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> text)
        {
            var hash = default(HashCode);
            hash.AddBytes(text);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> text) => text.ToArray();
    }
}
