namespace GraphRisk.Stores.Sqlite;

/// <summary>
/// Which types occur among the first recordings of each run of 1,024 sequences. A scan for a few types passes over the
/// runs without them; judgements, for one, come in sets of their own and so in few runs.
/// </summary>
internal sealed class BlockTypes
{
    /// <summary>Sequences in a block.</summary>
    public const int Length = 1024;

    private readonly Session session;
    private readonly SortedDictionary<long, byte[]> touched = [];

    public BlockTypes(Session session) => this.session = session;

    /// <summary>The block of a sequence.</summary>
    public static long BlockOf(long sequence) => sequence / Length;

    /// <summary>Whether a bit set holds a type's number.</summary>
    public static bool Contains(ReadOnlySpan<byte> types, int number) =>
        number / 8 < types.Length && (types[number / 8] & (1 << (number % 8))) != 0;

    /// <summary>Starts a transaction.</summary>
    public void Begin() => touched.Clear();

    /// <summary>Notes that a first recording is of a type.</summary>
    public void Add(long sequence, int type)
    {
        var block = BlockOf(sequence);
        if (!touched.TryGetValue(block, out var types)) touched.Add(block, types = Read(block));
        if (type / 8 >= types.Length)
        {
            Array.Resize(ref types, (type / 8) + 1);
            touched[block] = types;
        }

        types[type / 8] |= (byte)(1 << (type % 8));
    }

    /// <summary>Writes what was noted.</summary>
    public void Write()
    {
        foreach (var (block, types) in touched)
            session.Prepare("INSERT INTO block (no, types) VALUES (?, ?) ON CONFLICT (no) DO UPDATE SET types = excluded.types")
                .Bind(1, block).Bind(2, types).Run();
    }

    private byte[] Read(long block)
    {
        var statement = session.Prepare("SELECT types FROM block WHERE no = ?").Bind(1, block);
        var types = statement.Step() ? statement.Bytes(0).ToArray() : [];
        statement.Reset();
        return types;
    }
}
