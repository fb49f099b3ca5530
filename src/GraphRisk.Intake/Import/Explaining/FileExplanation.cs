namespace GraphRisk.Intake.Import.Explaining;

/// <summary>How a file would be read, told before anything is written.</summary>
public sealed record FileExplanation
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>Mapping or format; null where none is for the file.</summary>
    public string? Mapping { get; init; }

    /// <summary>How it came to that mapping, or why none is found.</summary>
    public required string Why { get; init; }

    /// <summary>Encoding of its text, such as <c>GB18030</c>.</summary>
    public string? Encoding { get; init; }

    /// <summary>Source its facts would come from.</summary>
    public string? Source { get; init; }

    /// <summary>The columns of the header, in its order, and what becomes of each; empty for formats without.</summary>
    public IReadOnlyList<ExplainedColumn> Columns { get; init; } = [];

    /// <summary>The first records with what they make.</summary>
    public IReadOnlyList<ExplainedRecord> Records { get; init; } = [];

    /// <summary>Why the file cannot be read; null where it can.</summary>
    public string? Fault { get; init; }
}

/// <summary>A column of a file.</summary>
/// <param name="Header">Its name in the file.</param>
/// <param name="Becomes">What it becomes, such as <c>Person.name</c>; empty where nothing reads it.</param>
public sealed record ExplainedColumn(string Header, IReadOnlyList<string> Becomes);

/// <summary>A record and what it makes.</summary>
/// <param name="Line">Line of its first byte.</param>
/// <param name="Facts">Its facts, one a text.</param>
/// <param name="Fault">Why it would go to quarantine, or be passed over; null where it lands.</param>
/// <param name="Findings">What would be left out of it.</param>
public sealed record ExplainedRecord(long Line, IReadOnlyList<string> Facts, string? Fault, IReadOnlyList<string> Findings);
