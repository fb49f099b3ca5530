using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>What the rules of a mapping know while they read the records of one file. Not thread-safe.</summary>
public sealed class RecordContext
{
    private readonly RecordMapping mapping;
    private readonly KeyRegister numbers = new();

    public RecordContext(RecordMapping mapping, FileVariables file)
    {
        this.mapping = mapping;
        File = file;
    }

    /// <summary>What templates know of the file.</summary>
    public FileVariables File { get; }

    /// <summary>The first thing found wrong with the current record; null while it is sound.</summary>
    public RecordFault? Fault { get; private set; }

    /// <summary>Text behind the number of a record that was taken out of its file, so that it collides with none within.</summary>
    public string? Detached { get; set; }

    /// <summary>The day of the import; null where days ahead of it are not looked for.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>Whether the store knows a node; null where it is not asked.</summary>
    public Func<NodeId, bool>? Knows { get; init; }

    /// <summary>What was found wrong with values the current record can do without; they are left out.</summary>
    public List<RecordFault> Findings { get; } = [];

    /// <summary>A record that the current one names and that no file has; the store may know what it stood for.</summary>
    public RecordFault? Unresolved { get; set; }

    /// <summary>Begins a record.</summary>
    public void Begin()
    {
        (Fault, Unresolved) = (null, null);
        Findings.Clear();
    }

    /// <summary>Notes what is wrong with a value that is left out.</summary>
    public void LeaveOut(int column, string reason)
    {
        var finding = new RecordFault(mapping.Columns[column].Name, reason);
        if (mapping.Whole) Fail(finding);
        else Findings.Add(finding);
    }

    /// <summary>Notes what is wrong with a column, unless something was wrong before.</summary>
    public void Fail(int column, string reason) => Fail(mapping.Columns[column].Name, reason);

    /// <summary>Notes what is wrong with a field, unless something was wrong before.</summary>
    public void Fail(string? field, string reason) => Fault ??= new RecordFault(field, reason);

    /// <summary>Notes what is wrong with the record, unless something was wrong before.</summary>
    public void Fail(RecordFault fault) => Fault ??= fault;

    /// <summary>The sum of columns; null where one is absent.</summary>
    public decimal? Sum(Record record, ImmutableArray<int> columns)
    {
        var sum = 0m;
        foreach (var column in columns)
        {
            if (!record.Has(column)) return null;
            if (!Numbers.TryDecimal(record[column], out var number) || Math.Abs(number) > 1e24m)
            {
                Fail(column, $"is '{Conversion.Shown(record[column])}', which is not a number");
                return null;
            }

            sum += number;
        }

        return sum;
    }

    /// <summary>How many relationships of this identity the file has stated, this one included.</summary>
    public int NumberOf(string relationship, NodeId from, NodeId to, string key) =>
        numbers.Count(KeyRegister.Hash(relationship, from.Type, from.Key, to.Type, to.Key, key));
}
