namespace GraphRisk.Matching.Records;

/// <summary>A row that could not be read.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Reason">Why, in words that follow it.</param>
public sealed record RefusedRow(string File, long Line, string Reason);

/// <summary>Records as they stand in the files, before it is known what their columns say.</summary>
internal sealed class RawTable
{
    private const int RefusedKept = 20;
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<RefusedRow> refused = [];
    private readonly List<int> ends = [];

    /// <summary>The columns of all files; those of one name are one.</summary>
    public List<RawColumn> Columns { get; } = [];

    /// <summary>The files, and where the records of each end.</summary>
    public List<string> Files { get; } = [];

    /// <summary>One past the last record of each file.</summary>
    public IReadOnlyList<int> Ends => ends;

    /// <summary>Columns that stand beside a list of features and are no evidence.</summary>
    public HashSet<string> Beside { get; } = new(StringComparer.Ordinal);

    /// <summary>How many records there are.</summary>
    public int Count { get; set; }

    /// <summary>The column that names the sources; null where the files are they.</summary>
    public RawColumn? SourceColumn { get; set; }

    /// <summary>Number of each record's source.</summary>
    public byte[] SourceOf { get; set; } = [];

    /// <summary>The first rows that could not be read.</summary>
    public IReadOnlyList<RefusedRow> Refused => refused;

    /// <summary>How many rows could not be read.</summary>
    public long RefusedCount { get; private set; }

    /// <summary>The column of a name, made where there is none yet.</summary>
    public RawColumn Column(string name)
    {
        if (numbers.TryGetValue(name, out var number)) return Columns[number];
        numbers[name] = Columns.Count;
        var column = new RawColumn(name);
        Columns.Add(column);
        return column;
    }

    /// <summary>The column of a name as a person types it: case does not count where no other column has the name exactly.</summary>
    public RawColumn? Find(string name) => numbers.TryGetValue(name, out var number) ? Columns[number]
        : Columns.Find(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Puts down a row that could not be read.</summary>
    public void Refuse(string file, long line, string reason)
    {
        if (++RefusedCount <= RefusedKept) refused.Add(new RefusedRow(file, line, reason));
    }

    /// <summary>Tells that a file is at its end.</summary>
    public void EndFile(string file)
    {
        Files.Add(file);
        ends.Add(Count);
    }

    /// <summary>Tells that all files are.</summary>
    public void Close()
    {
        foreach (var column in Columns) column.Close(Count);
    }
}
