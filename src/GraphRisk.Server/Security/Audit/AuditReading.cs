namespace GraphRisk.Server.Security.Audit;

/// <summary>Which entries are asked for; what is null does not matter.</summary>
public sealed record AuditFilter
{
    /// <summary>From when on, inclusive.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Until when, exclusive.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whose data: an id as it was filed.</summary>
    public string? Of { get; init; }

    /// <summary>Whom the actor stood for.</summary>
    public string? By { get; init; }

    /// <summary>The actor's role; upper and lower case are one.</summary>
    public string? Role { get; init; }

    /// <summary>The kind of deed.</summary>
    public AuditAct? Act { get; init; }

    /// <summary>Whether an entry is asked for.</summary>
    public bool Fits(AuditEntry entry) =>
        !(entry.At < Since) && !(entry.At >= Until)
        && (Act is null || entry.Act == Act)
        && (By is null || entry.Actor.Of == By)
        && (Role is null || string.Equals(entry.Actor.Role, Role, StringComparison.OrdinalIgnoreCase))
        && (Of is null || entry.Parts.Any(part => part.Whose.Contains(Of)));
}

/// <summary>Reads entries of a trail that may be in use.</summary>
public static class AuditReading
{
    /// <summary>The newest entries that fit, oldest first. Reads the whole trail, in memory for those it returns.</summary>
    /// <exception cref="AuditLossException">There is no trail.</exception>
    public static IReadOnlyList<AuditRecord> Last(AuditFiles files, AuditFilter filter, int count, CancellationToken cancellation)
    {
        if (!File.Exists(files.Trail)) throw new AuditLossException($"There is no audit trail {files.Trail}.");
        using var trail = File.OpenHandle(files.Trail, share: FileShare.ReadWrite | FileShare.Delete);
        var found = new Queue<AuditRecord>();
        foreach (var line in TrailLines.Read(trail))
        {
            cancellation.ThrowIfCancellationRequested();
            if (TrailSummary.IsAt(line.Bytes.Span)) continue;
            var record = AuditLine.Read(line.Bytes.Span);
            if (!filter.Fits(record.Entry)) continue;
            found.Enqueue(record);
            if (found.Count > count) found.Dequeue();
        }

        return [.. found];
    }
}
