namespace GraphRisk.Graph.Snapshots;

/// <summary>How many snapshots a provider keeps and where.</summary>
public sealed record SnapshotProviderOptions
{
    /// <summary>Snapshots kept in memory; the one asked for least goes first, of those the one unused for longest.</summary>
    public int Capacity { get; init; } = 4;

    /// <summary>Snapshots of brokers' and clients' own views kept in memory beside those; what they share is kept like the whole.</summary>
    public int EntitledCapacity { get; init; } = 256;

    /// <summary>Bytes that these may have of their own together, as each estimates it; the one asked for last is kept whatever it takes.</summary>
    public long EntitledBytes { get; init; } = 2L << 30;

    /// <summary>
    /// Facts read and entries copied at most, beside a viewer's own facts sixteenfold, to put these over what it shares with
    /// others; null for as many as the shared snapshot has nodes and 200,000. Beyond it the viewer's snapshot is built from nothing.
    /// </summary>
    public long? OverlayWork { get; init; }

    /// <summary>Snapshots built at once.</summary>
    public int BuildsAtOnce { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Bytes of snapshots kept and being built, beyond which no second build begins and kept ones go; null for half of the memory there is.</summary>
    public long? MostBytes { get; init; }

    /// <summary>Folder in which snapshots outlive the process; null to keep none. It holds nothing that cannot be built anew.</summary>
    public string? Folder { get; init; }

    /// <summary>Snapshots kept in the folder.</summary>
    public int FolderCapacity { get; init; } = 2;

    /// <summary>
    /// Whether snapshots are used from their files in the folder, those just built too, so that memory holds only what is looked at. For commands: a
    /// mapping lasts as long as the process, and takes disk until then. Otherwise what is in a file is read into memory, which is given back with the snapshot.
    /// </summary>
    public bool Maps { get; init; }

    /// <summary>Hears, in a sentence each, of files that were refused or could not be written.</summary>
    public Action<string> Report { get; init; } = _ => { };
}
