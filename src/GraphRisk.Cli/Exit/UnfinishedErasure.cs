using System.Collections.Immutable;
using System.Text.Json;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Server.Security.Audit;

namespace GraphRisk.Cli.Exit;

/// <summary>What is left to do of an erasure that is decided: from the moment it is written down, it is brought to its end.</summary>
/// <param name="Whose">Under which id it is filed.</param>
/// <param name="Deleted">Files to delete, by their path in the folder; all of it where the installation goes.</param>
/// <param name="IsWhole">Whether the installation goes.</param>
/// <param name="CertificateFolder">Where the certificate goes.</param>
/// <param name="CertificateName">Its name.</param>
/// <param name="Certificate">In JSON.</param>
/// <param name="CertificateText">As text.</param>
internal sealed record DecidedErasure(
    string Whose, ImmutableArray<string> Deleted, bool IsWhole, string CertificateFolder, string CertificateName, string Certificate, string CertificateText);

/// <summary>
/// The folder in which an erasure is made ready, inside the data folder: as long as it is there no command opens the folder. Where an erasure was broken off before it was decided everything is as it was,
/// and the folder is taken away; where it was decided it is brought to its end, whatever had been done of it.
/// </summary>
internal static class UnfinishedErasure
{
    private const string Content = "content";
    private const string Decided = "decided.json";

    /// <summary>Where what takes the place of files is made ready.</summary>
    public static DataFolder ContentOf(DataFolder folder) => new(Path.Combine(folder.EraseUnfinished, Content));

    /// <summary>Begins one.</summary>
    /// <exception cref="UserErrorException">Another was broken off, or runs.</exception>
    public static void Begin(DataFolder folder)
    {
        if (Directory.Exists(folder.EraseUnfinished))
            throw new UserErrorException($"An erasure in '{folder.Path}' was broken off, or still runs: wait for its end, or give 'graphrisk erase --resume --data {folder.Path}'.");
        OwnerOnly.Create(ContentOf(folder).Path);
    }

    /// <summary>Writes down that it is decided.</summary>
    public static async Task DecideAsync(DataFolder folder, DecidedErasure decided, CancellationToken cancellation)
    {
        var path = Path.Combine(folder.EraseUnfinished, Decided);
        await using (var file = OwnersFile.Create(path + ".tmp"))
        {
            await JsonSerializer.SerializeAsync(file, decided, Json.Options, cancellation);
            file.Flush(flushToDisk: true);
        }

        File.Move(path + ".tmp", path);
    }

    /// <summary>Takes back what was not decided.</summary>
    /// <returns>Whether there was anything to take back.</returns>
    public static bool TakeBack(DataFolder folder)
    {
        if (!Directory.Exists(folder.EraseUnfinished) || IsDecided(folder)) return false;
        Directory.Delete(folder.EraseUnfinished, recursive: true);
        return true;
    }

    /// <summary>Whether there is one that is decided.</summary>
    public static bool IsDecided(DataFolder folder) => File.Exists(Path.Combine(folder.EraseUnfinished, Decided));

    /// <summary>Brings one that is decided to its end.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="cancellation">Ends it; it can be gone on with.</param>
    /// <returns>What it was.</returns>
    public static async Task<DecidedErasure> FinishAsync(DataFolder folder, CancellationToken cancellation)
    {
        DecidedErasure decided;
        await using (var file = File.OpenRead(Path.Combine(folder.EraseUnfinished, Decided)))
            decided = await JsonSerializer.DeserializeAsync<DecidedErasure>(file, Json.Options, cancellation) ?? throw new InvalidDataException($"'{Path.Combine(folder.EraseUnfinished, Decided)}' says nothing.");
        await ErasureCertificate.WriteAsync(decided.CertificateFolder, decided.CertificateName, decided.Certificate, decided.CertificateText, cancellation);
        if (decided.IsWhole) DeleteAll(folder);
        else Replace(folder, decided);
        return decided;
    }

    /// <summary>Ends one: from now on the folder is open again.</summary>
    public static void End(DataFolder folder)
    {
        if (Directory.Exists(folder.EraseUnfinished)) Directory.Delete(folder.EraseUnfinished, recursive: true);
    }

    private static void Replace(DataFolder folder, DecidedErasure decided)
    {
        var content = ContentOf(folder);
        foreach (var (path, name) in content.Contents().OrderBy(file => file.Name, StringComparer.Ordinal).ToList()) File.Move(path, Path.Combine(folder.Path, name), overwrite: true);
        foreach (var name in decided.Deleted) File.Delete(Path.Combine(folder.Path, name));
    }

    /// <summary>Everything of the folder, and what several servers share with it stays; what says that it goes is the last.</summary>
    private static void DeleteAll(DataFolder folder)
    {
        var unfinished = Path.GetFileName(folder.EraseUnfinished);
        foreach (var path in Directory.EnumerateFileSystemEntries(folder.Path).Where(path => Path.GetFileName(path) != unfinished).ToList())
        {
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            else File.Delete(path);
        }
    }
}
