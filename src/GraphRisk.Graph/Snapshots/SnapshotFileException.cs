namespace GraphRisk.Graph.Snapshots;

/// <summary>A snapshot's file cannot be used: damaged, cut short, of another format or another schema. It can be built anew.</summary>
public sealed class SnapshotFileException : Exception
{
    public SnapshotFileException(string path, string reason, Exception? inner = null)
        : base($"{path}: {reason}", inner)
    {
    }
}
