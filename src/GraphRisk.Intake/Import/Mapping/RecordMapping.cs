using System.Collections.Immutable;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>How a file is cut into records.</summary>
public enum RecordFormat
{
    /// <summary>Delimited text with a header line.</summary>
    Csv,

    /// <summary>One JSON object a line.</summary>
    Ndjson,
}

/// <summary>
/// What a data file's records say, stated as data: which columns there are, which nodes a record names and which facts
/// it makes. Read from YAML by <see cref="MappingLoader"/>, held against the schema there; immutable.
/// </summary>
public sealed record RecordMapping
{
    /// <summary>Name of the mapping.</summary>
    public required string Id { get; init; }

    /// <summary>Files it is for.</summary>
    public required ImmutableArray<PathPattern> Files { get; init; }

    /// <summary>How the file is cut into records.</summary>
    public RecordFormat Format { get; init; }

    /// <summary>How a delimited file is written.</summary>
    public CsvLayout Layout { get; init; } = new(',', Quoted: true);

    /// <summary>Name of the source, <c>{source}</c> in templates.</summary>
    public required Template Source { get; init; }

    /// <summary>
    /// Name of the file within its source. Two files of a source may describe one node from the same day on; the part
    /// keeps their facts apart, as <c>broker-B001/margin_statements</c>. Null for the file that introduces its nodes.
    /// </summary>
    public Template? Part { get; init; }

    /// <summary>A record is of use only whole: a value that cannot be read holds it back, as a purpose of an authorisation does.</summary>
    public bool Whole { get; init; }

    /// <summary>A delivery holds all there is.</summary>
    public bool Full { get; init; }

    /// <summary>How the file writes days and instants.</summary>
    public TimeFormats Times { get; init; } = TimeFormats.Iso;

    /// <summary>Columns with days that were seen or published: none of them can lie ahead of the day of the import.</summary>
    public ImmutableArray<int> Observed { get; init; } = [];

    /// <summary>Columns whose day cannot lie before another column's, as accounts are not published before their period ends.</summary>
    public ImmutableArray<(int Column, int NotBefore)> Follows { get; init; } = [];

    /// <summary>How far the source is trusted, 0 to 1.</summary>
    public decimal Reliability { get; init; }

    /// <summary>Files of a lower order are imported first.</summary>
    public int Order { get; init; }

    /// <summary>The columns of a record; borrowed ones last.</summary>
    public required ImmutableArray<Column> Columns { get; init; }

    /// <summary>Key of a record in its file.</summary>
    public required Template Key { get; init; }

    /// <summary>A key occurs once in a file; a second record of the key that says something else is broken.</summary>
    public bool Unique { get; init; }

    /// <summary>Columns borrowed from other files, in the order in which they are filled.</summary>
    public ImmutableArray<LookupRule> Lookups { get; init; } = [];

    /// <summary>The facts a record makes.</summary>
    public required ImmutableArray<FactRule> Facts { get; init; }

    /// <summary>Name of the reader that takes more facts from a record's text; null for none.</summary>
    public string? Reader { get; init; }

    /// <summary>SHA-256 of the mapping's text, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>File and line at which the mapping stands.</summary>
    public required string Location { get; init; }

    /// <summary>Number of a column, or -1.</summary>
    public int ColumnOf(string name)
    {
        for (var i = 0; i < Columns.Length; i++)
            if (Columns[i].Name == name) return i;
        return -1;
    }

    public override string ToString() => Id;
}
