using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import;

/// <summary>A file opened for import.</summary>
public sealed record FileReading : IDisposable
{
    /// <summary>Its records.</summary>
    public required IRawReader Raw { get; init; }

    /// <summary>Makes facts of them; null where the file cannot be read under its mapping.</summary>
    public IRecordMapper? Mapper { get; init; }

    /// <summary>Why the file cannot be read; null where it can.</summary>
    public RecordFault? Fault { get; init; }

    /// <summary>Name of the source its facts come from.</summary>
    public required string Source { get; init; }

    /// <summary>
    /// All that its facts depend on besides its own content: mapping, source, files looked up. With the content's hash
    /// it makes the ids of the ChangeSets.
    /// </summary>
    public required string Identity { get; init; }

    /// <summary>The header line, kept with records in quarantine; empty where the format has none.</summary>
    public byte[] Header { get; init; } = [];

    /// <summary>Encoding of the records' bytes; null where it is the file's.</summary>
    public FileEncoding? Encoding { get; init; }

    /// <summary>Columns of the header, or keys of the records read so far, that the mapping does not name, or names and makes nothing of.</summary>
    public Func<IReadOnlyList<string>> Unread { get; init; } = () => [];

    /// <summary>What its records say, as <see cref="Replaced.ShapeOf"/> writes it: what the source said of the same kind in a record that is delivered again is replaced.</summary>
    public IReadOnlySet<string> Shapes { get; init; } = new HashSet<string>();

    /// <summary>Beginning of the name under which a part of the source is kept; empty where the file states the source itself.</summary>
    public string Part { get; init; } = "";

    /// <summary>Parts of every name belong to the file.</summary>
    public bool AllParts { get; init; }

    /// <summary>The file holds all there is: what it does not contain has ended.</summary>
    public bool Full { get; init; }

    /// <summary>Whether the facts of a data set are of the part of the source that files like this one state.</summary>
    public bool States(string source) =>
        source == Source ? AllParts || Part.Length == 0
        : (AllParts || Part.Length > 0) && source.StartsWith($"{Source}/{Part}", StringComparison.Ordinal);

    public void Dispose() => Raw.Dispose();
}

/// <summary>A kind of file that can be imported.</summary>
public interface IFileFormat
{
    /// <summary>Name of the format or mapping.</summary>
    string Id { get; }

    /// <summary>Files of a lower order are imported first.</summary>
    int Order { get; }

    /// <summary>Opens a file; the caller disposes the reading.</summary>
    FileReading Open(string path, FileDigest digest, ImportOptions options);

    /// <summary>Opens the format for single records that were taken out of a file of it.</summary>
    /// <param name="path">The file they were taken from; it may be gone.</param>
    /// <param name="header">Its header line.</param>
    /// <param name="encoding">Its encoding.</param>
    /// <param name="detached">What tells the record apart from every record still in the file.</param>
    /// <param name="options">Options of the import.</param>
    /// <param name="fault">Why it cannot be opened; null where it can.</param>
    IRecordMapper? OpenDetached(
        string path, byte[] header, FileEncoding encoding, string detached, ImportOptions options, out RecordFault? fault);
}

/// <summary>A format that files are recognised to be in by their first bytes, whatever they are called.</summary>
public interface ISniffedFormat : IFileFormat
{
    /// <summary>Whether a file is of the format.</summary>
    bool Recognises(FileDigest digest);
}
