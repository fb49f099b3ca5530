using System.Collections.Immutable;

namespace GraphRisk.Matching.Records;

/// <summary>One column of a <see cref="RecordTable"/>: normalised values, each kept once, and which record has which.</summary>
public sealed class RecordAttribute
{
    private readonly int[] values;
    private readonly int[]? starts;
    private readonly int[] frequencies;

    /// <param name="name">Heading of the column.</param>
    /// <param name="kind">What it says.</param>
    /// <param name="texts">The distinct values, normalised.</param>
    /// <param name="values">Of each record its value's number, -1 where it has none; or with <paramref name="starts"/> all values one after another.</param>
    /// <param name="starts">Where several values a record are possible: the first of each record's, and one past the last.</param>
    public RecordAttribute(string name, AttributeKind kind, ImmutableArray<string> texts, int[] values, int[]? starts = null)
    {
        (Name, Kind, Texts, this.values, this.starts) = (name, kind, texts, values, starts);
        frequencies = new int[texts.Length];
        foreach (var value in values)
            if (value >= 0) frequencies[value]++;
    }

    /// <summary>Heading of the column.</summary>
    public string Name { get; }

    /// <summary>What it says.</summary>
    public AttributeKind Kind { get; }

    /// <summary>The distinct values, normalised.</summary>
    public ImmutableArray<string> Texts { get; }

    /// <summary>Numbers of the values of a record, none where it says nothing.</summary>
    public ReadOnlySpan<int> Of(int record) =>
        starts is not null ? values.AsSpan(starts[record], starts[record + 1] - starts[record])
        : values[record] < 0 ? []
        : values.AsSpan(record, 1);

    /// <summary>Whether no record can have more than one value.</summary>
    public bool IsSingle => starts is null;

    /// <summary>No record has a value.</summary>
    public bool IsEmpty => Texts.IsEmpty;

    /// <summary>Some value is that of several records.</summary>
    public bool HasRecurring => Array.Exists(frequencies, frequency => frequency > 1);

    /// <summary>How many records have a value.</summary>
    public int FrequencyOf(int value) => frequencies[value];
}
