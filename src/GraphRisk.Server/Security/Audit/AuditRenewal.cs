using System.Globalization;

namespace GraphRisk.Server.Security.Audit;

/// <summary>
/// Begins a trail anew where the old one, its key or its heads are lost for good: sets aside whatever is left, deletes nothing,
/// and files as the first entry who did so and why, with the last head that was sealed.
/// </summary>
public static class AuditRenewal
{
    /// <summary>Sets the old trail aside and begins a new one.</summary>
    /// <param name="files">Where it is kept.</param>
    /// <param name="clock">Dates it.</param>
    /// <param name="actor">Who does so; the reason is its.</param>
    /// <param name="cancellation">Ends the wait for the first entry.</param>
    /// <returns>The folder with what was left.</returns>
    public static async Task<string> Renew(AuditFiles files, TimeProvider clock, AuditActor actor, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var folder = Path.Combine(
            Path.GetDirectoryName(Path.GetFullPath(files.Trail))!, string.Create(CultureInfo.InvariantCulture, $"audit-until-{now.UtcDateTime:yyyyMMdd'T'HHmmss}"));
        var detail = SetAside(files, folder);
        using var trail = AuditTrail.Open(files, clock);
        await trail.Append(AuditEntry.Of(now, AuditAct.Trail, actor, "audit renew", ReadLedger.Everyone) with { Detail = detail }, cancellation).ConfigureAwait(false);
        return folder;
    }

    private static string SetAside(AuditFiles files, string folder)
    {
        using var held = FileLock.Take(files.Lock);
        var last = File.Exists(files.Heads) ? File.ReadLines(files.Heads).LastOrDefault() : null;
        Directory.CreateDirectory(folder);
        string[] own = files.SharesKeys ? [files.Trail, files.Heads] : [files.Trail, files.Heads, files.Key, files.SealKey];
        var left = own.Where(File.Exists).ToList();
        foreach (var path in left) File.Move(path, Path.Combine(folder, Path.GetFileName(path)));
        File.Delete(files.Index);
        return $"Set aside in {Path.GetFileName(folder)}: {string.Join(", ", left.Select(Path.GetFileName))}; missing: "
            + $"{string.Join(", ", own.Except(left).Select(Path.GetFileName))}. Last sealed head: {last ?? "none"}";
    }
}
