namespace GraphRisk.Stores.Sqlite;

/// <summary>
/// Which types and origins occur among the first recordings of each run of 1,024 sequences. A scan for a few types or for one
/// broker's data sets passes over the runs without them; judgements, for one, come in sets of their own and a broker's
/// files one after another, so both lie in few runs. Origins are null in runs begun before they were noted: those
/// count as holding all.
/// </summary>
internal sealed class BlockTypes
{
    /// <summary>Sequences in a block.</summary>
    public const int Length = 1024;

    private readonly Session session;
    private readonly SortedDictionary<long, (byte[] Types, byte[]? Origins)> touched = [];

    public BlockTypes(Session session) => this.session = session;

    /// <summary>The block of a sequence.</summary>
    public static long BlockOf(long sequence) => sequence / Length;

    /// <summary>Whether a bit set holds any of some numbers.</summary>
    public static bool ContainsAny(ReadOnlySpan<byte> bits, HashSet<int> numbers)
    {
        foreach (var number in numbers)
            if (number / 8 < bits.Length && (bits[number / 8] & (1 << (number % 8))) != 0) return true;
        return false;
    }

    /// <summary>Starts a transaction.</summary>
    public void Begin() => touched.Clear();

    /// <summary>Notes that a first recording is of a type and an origin.</summary>
    public void Add(long sequence, int type, int origin)
    {
        var block = BlockOf(sequence);
        var (types, origins) = touched.TryGetValue(block, out var known) ? known : Read(block);
        touched[block] = (With(types, type), origins is null ? null : With(origins, origin));
    }

    /// <summary>Writes what was noted.</summary>
    public void Write()
    {
        foreach (var (block, (types, origins)) in touched)
        {
            var statement = session.Prepare("""
                INSERT INTO block (no, types, origins) VALUES (?, ?, ?)
                ON CONFLICT (no) DO UPDATE SET types = excluded.types, origins = excluded.origins
                """).Bind(1, block).Bind(2, types);
            (origins is null ? statement.Bind(3, (long?)null) : statement.Bind(3, origins)).Run();
        }
    }

    private static byte[] With(byte[] bits, int number)
    {
        if (number / 8 >= bits.Length) Array.Resize(ref bits, (number / 8) + 1);
        bits[number / 8] |= (byte)(1 << (number % 8));
        return bits;
    }

    private (byte[] Types, byte[]? Origins) Read(long block)
    {
        var statement = session.Prepare("SELECT types, origins FROM block WHERE no = ?").Bind(1, block);
        (byte[] Types, byte[]? Origins) read = statement.Step()
            ? (statement.Bytes(0).ToArray(), statement.IsNull(1) ? null : statement.Bytes(1).ToArray()) : ([], []);
        statement.Reset();
        return read;
    }
}
