using System.Text.Json;
using System.Text.Json.Nodes;
using GraphRisk.Graph.Store;

namespace GraphRisk.Stores.Sqlite;

/// <summary>
/// The file beside a store that names the newest version seen of it. It is written after each commit has reached the disk, so it never names more than
/// the store holds, and a store that holds less, or something else at that version, is not the one that was there. A file that a crash of the machine left
/// unreadable tells nothing and is written again.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class StoreWitness(string path)
{
    private readonly string unfinished = $"{path}.{Environment.ProcessId}.tmp";

    /// <summary>What was seen last; null where nothing is known.</summary>
    public static (long Version, StoreMark Mark)? Read(string path)
    {
        try
        {
            return File.Exists(path) && JsonNode.Parse(File.ReadAllText(path)) is JsonObject seen
                && StoreMark.Parse((string?)seen["store"], (string?)seen["history"]) is { } mark ? ((long)seen["version"]!, mark) : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or ArgumentNullException)
        {
            return null;
        }
    }

    /// <summary>Holds a store to what was seen.</summary>
    /// <param name="session">The store that is there.</param>
    /// <exception cref="StoreUnavailableException">It is another, an older one or of another history.</exception>
    public void Require(Session session)
    {
        if (Read(path) is not { } seen) return;
        var (newest, own) = (NewestOf(session), session.Marks.Of(0)!.Value.Store);
        var fault = own != seen.Mark.Store ? $"it is another store, at version {newest}"
            : newest < seen.Version ? $"it ends at version {newest}"
            : session.Marks.Of(seen.Version) != seen.Mark ? "it is the same store, but another was written into it since"
            : null;
        if (fault is null) return;
        throw new StoreUnavailableException(
            $"The store in this place is not the one that was here, which was at version {seen.Version} or later: {fault}. What was derived and filed here belongs to that one. Put the right file back, "
            + $"or, where this one is meant, as after a backup was put back by hand, take it by 'graphrisk store accept'; what was derived is then made again ({session.Path}).");
    }

    /// <summary>Notes the newest version.</summary>
    public void Note(Session session)
    {
        var newest = NewestOf(session);
        var mark = session.Marks.Of(newest)!.Value;
        try
        {
            File.WriteAllText(unfinished, new JsonObject { ["store"] = mark.StoreText, ["version"] = newest, ["history"] = mark.HistoryText }.ToJsonString());
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // On a full disk the older sighting stays: it holds of this history, too, and tells less.
            DeleteUnfinished();
        }
    }

    private void DeleteUnfinished()
    {
        try
        {
            File.Delete(unfinished);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has the name of this process, which writes over it at the next commit.
        }
    }

    private static long NewestOf(Session session) => session.Prepare("SELECT max(number) FROM version").Number() ?? 0;
}
