using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.Quarantine;

/// <summary>What became of a record in quarantine.</summary>
public enum QuarantineState
{
    /// <summary>It waits to be mended.</summary>
    Open,

    /// <summary>It was mended and its facts landed.</summary>
    Replayed,

    /// <summary>It landed flagged, and a person looked and found it right as it stands.</summary>
    Accepted,
}

/// <summary>What a person decided about a flagged record.</summary>
/// <param name="Accepts">It is right as it stands; false where an earlier decision is taken back.</param>
/// <param name="By">Who decided.</param>
/// <param name="Reason">Why.</param>
/// <param name="When">When.</param>
public sealed record FlagDecision(bool Accepts, string By, string Reason, DateTimeOffset When);

/// <summary>What a try to take a record in found.</summary>
/// <param name="Field">Column or field at fault; null where the record as a whole is.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="When">When it was tried.</param>
public sealed record QuarantineTry(string? Field, string Reason, DateTimeOffset When);

/// <summary>A record that could not be taken in, with all that is needed to try again.</summary>
public sealed record QuarantineEntry
{
    /// <summary>Identity: hash of the file's content, the line and place, the mapping and the source; the same fault found again is the same entry.</summary>
    public required string Id { get; init; }

    /// <summary>Path of the file at the time.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file's content.</summary>
    public required string FileHash { get; init; }

    /// <summary>Line of the record's first byte, from 1.</summary>
    public long Line { get; init; }

    /// <summary>Column or field that was at fault when the record was found; null where the record, or the file, as a whole is.</summary>
    public string? Field { get; init; }

    /// <summary>What was wrong when the record was found; a try that failed since does not change it.</summary>
    public required string Reason { get; init; }

    /// <summary>Source of its facts; empty where the entry is older than that was kept.</summary>
    public string Source { get; init; } = "";

    /// <summary>Key of the record in its source; null where none could be read.</summary>
    public string? Record { get; init; }

    /// <summary>Mapping or format by which the file was read.</summary>
    public required string Mapping { get; init; }

    /// <summary>When it was found.</summary>
    public DateTimeOffset When { get; init; }

    /// <summary>Encoding of the bytes.</summary>
    public FileEncoding Encoding { get; init; }

    /// <summary>The header line of its file; empty where the format has none.</summary>
    public byte[] Header { get; init; } = [];

    /// <summary>The record's bytes; only the beginning where it was over the limit.</summary>
    public byte[] Raw { get; init; } = [];

    /// <summary>Length of the whole record in bytes; 0 of an empty file.</summary>
    public long Length { get; init; }

    /// <summary>The entry stands for the whole file, which could not be opened under its mapping.</summary>
    public bool WholeFile { get; init; }

    /// <summary>The record landed without the value at fault, or though it contradicts itself; it waits to be mended all the same.</summary>
    public bool Landed { get; init; }

    /// <summary>Nodes of which the record needs one, where nothing else is wrong; it lands by itself when the store knows one.</summary>
    public string[] Awaits { get; init; } = [];

    /// <summary>The last try to take it in, where it failed; null where none did.</summary>
    public QuarantineTry? Tried { get; init; }

    /// <summary>An earlier record of its file states its key otherwise. By itself it is sound, so that only who knows which is right may take it in.</summary>
    public bool Contradicts { get; init; }

    /// <summary>What persons decided about its flag, the latest last; none is ever taken out.</summary>
    public FlagDecision[] Decisions { get; init; } = [];

    /// <summary>What became of it.</summary>
    public QuarantineState State { get; init; }

    /// <summary>The bytes with which it was mended, in the encoding of its file; null where the mapping was.</summary>
    public byte[]? Correction { get; init; }

    /// <summary>Whether the bytes are the whole record.</summary>
    public bool Complete => Raw.Length == Length;

    /// <summary>The record as text, for display; what is not of the encoding shows as replacement characters.</summary>
    public string RawText => TextOf(Raw);

    private string TextOf(byte[] bytes) => (Encoding == FileEncoding.Utf8
        ? System.Text.Encoding.UTF8
        : System.Text.CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!).GetString(bytes);
}
