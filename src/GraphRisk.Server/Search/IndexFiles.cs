using System.Globalization;
using GraphRisk.Graph.Store;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace GraphRisk.Server.Search;

/// <summary>Which version the index has followed to, and the history that is of.</summary>
/// <param name="Version">The version; 0 for a new index.</param>
/// <param name="Mark">Its mark.</param>
internal readonly record struct Followed(long Version, StoreMark Mark);

/// <summary>What searches read: a state of the index, and up to which version it is whole.</summary>
/// <param name="Searchers">Gives searchers over it.</param>
/// <param name="Followed">Where it has followed to.</param>
internal sealed record IndexState(SearcherManager Searchers, Followed Followed);

/// <summary>
/// The files of the search index. What Lucene finds damaged, by its checksums, all of which are read at the opening, is made again from nothing, with one
/// line that says so. Files are read, not mapped: one cut short under a running server fails a search and does not end the process.
/// One thread writes at a time; any number read.
/// </summary>
internal sealed class IndexFiles : IDisposable
{
    /// <summary>What an IOException has that a program made and no call of the system: COR_E_IO. Lucene's say that a file is not as it was written.</summary>
    private const int NotOfTheSystem = unchecked((int)0x80131620);

    private const string StampKey = "stamp";
    private const string VersionKey = "version";
    private const string StoreKey = "store";
    private const string HistoryKey = "history";

    private readonly Lucene.Net.Store.Directory directory;
    private readonly string name;
    private readonly string stamp;
    private readonly Action<string> report;
    private readonly NameAnalyzer analyzer = new();
    private volatile IndexState state = null!;

    /// <summary>Opens the files, or makes them.</summary>
    /// <param name="directory">Where they are; closed with this.</param>
    /// <param name="name">How they are named to people: the folder.</param>
    /// <param name="stamp">Schema and way of analysing; an index of another is made anew.</param>
    /// <param name="report">Hears in a sentence why they are made again.</param>
    /// <exception cref="IOException">They can be neither opened nor made again, or another process writes them.</exception>
    public IndexFiles(Lucene.Net.Store.Directory directory, string name, string stamp, Action<string> report)
    {
        (this.directory, this.name, this.stamp, this.report) = (directory, name, stamp, report);
        try
        {
            Open();
        }
        catch (Exception error) when (IsDamage(error))
        {
            Remake(error.Message);
        }
    }

    /// <summary>Writes documents; they are of the index once they are committed.</summary>
    public IndexWriter Writer { get; private set; } = null!;

    /// <summary>What can be searched now.</summary>
    public IndexState State => state;

    /// <summary>Where the files of a folder have followed to by their last commit; null where there are none, or damaged ones.</summary>
    public static Followed? FollowedIn(string folder)
    {
        if (!System.IO.Directory.Exists(folder)) return null;
        try
        {
            using var directory = new NIOFSDirectory(folder);
            return DirectoryReader.IndexExists(directory) && DirectoryReader.ListCommits(directory) is [.., var last] && last.UserData.ContainsKey(VersionKey) ? Read(last.UserData) : null;
        }
        catch (Exception error) when (IsDamage(error))
        {
            return null;
        }
    }

    /// <summary>Commits what was written as all there is up to a version.</summary>
    public void Commit(Followed followed)
    {
        Writer.SetCommitData(new Dictionary<string, string>
        {
            [StampKey] = stamp,
            [VersionKey] = followed.Version.ToString(CultureInfo.InvariantCulture),
            [StoreKey] = followed.Mark.StoreText,
            [HistoryKey] = followed.Mark.HistoryText,
        });
        Writer.Commit();
        state.Searchers.MaybeRefreshBlocking();
        state = state with { Followed = followed };
    }

    /// <summary>
    /// Throws away all that was written since the last commit. Lucene drops the documents it holds in memory where it cannot write them, so after a failure
    /// nobody knows which are there.
    /// </summary>
    public void RollBack()
    {
        try
        {
            Writer.Rollback();
            Open();
        }
        catch (Exception error) when (IsDamage(error) || error is ObjectDisposedException)
        {
            Remake(error.Message);
        }
    }

    /// <summary>Makes the index again from nothing; nobody searches it until it has followed.</summary>
    /// <param name="why">Why, as the end of a sentence.</param>
    public void Remake(string why)
    {
        report($"The search index in '{name}' is made again: {why}");
        try
        {
            if (Writer is { } left) IOUtils.DisposeWhileHandlingException(new Abandoned(left));
            foreach (var file in directory.ListAll().Where(file => file != IndexWriter.WRITE_LOCK_NAME)) directory.DeleteFile(file);
            Open();
        }
        catch (Exception error) when (IsDamage(error) || error is ObjectDisposedException)
        {
            throw new IOException($"The search index in '{name}' can be neither read nor made again: {error.Message} Delete that folder and start again; it holds nothing that cannot be made.", error);
        }
    }

    /// <summary>Whether what failed a search is the files' fault: their checksums do not hold any more.</summary>
    public bool IsDamaged()
    {
        var searchers = state.Searchers;
        var searcher = searchers.Acquire();
        try
        {
            CheckAll(searcher);
            return false;
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or ArgumentException)
        {
            return true;
        }
        finally
        {
            searchers.Release(searcher);
        }
    }

    public void Dispose()
    {
        state.Searchers.Dispose();
        Writer.Dispose();
        directory.Dispose();
        analyzer.Dispose();
    }

    private void Open()
    {
        IndexWriter opened;
        try
        {
            opened = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer) { RAMBufferSizeMB = 48, Similarity = SameWords.Similarity });
        }
        catch (LockObtainFailedException error)
        {
            throw new HeldElsewhereException($"The search index in '{name}' is in use by another process on the same data folder; ask that server, or end it.", error);
        }

        try
        {
            var followed = default(Followed);
            if (opened.CommitData.TryGetValue(StampKey, out var made) && made == stamp) followed = Read(opened.CommitData);
            else opened.DeleteAll();
            var searchers = new SearcherManager(opened, true, new SameWords.Searchers());
            Check(searchers);
            var former = state;
            (Writer, state) = (opened, new IndexState(searchers, followed));
            former?.Searchers.Dispose();
        }
        catch
        {
            IOUtils.DisposeWhileHandlingException(new Abandoned(opened));
            throw;
        }
    }

    private static Followed Read(IDictionary<string, string> data) => new(
        long.Parse(data[VersionKey], CultureInfo.InvariantCulture),
        StoreMark.Parse(data.TryGetValue(StoreKey, out var store) ? store : null, data.TryGetValue(HistoryKey, out var history) ? history : null) ?? default);

    /// <summary>Holds every file to its checksum, so that damage shows now and not in an answer; costs a read of the index.</summary>
    private static void Check(SearcherManager searchers)
    {
        var searcher = searchers.Acquire();
        try
        {
            CheckAll(searcher);
        }
        finally
        {
            searchers.Release(searcher);
        }
    }

    private static void CheckAll(IndexSearcher searcher)
    {
        foreach (var leaf in searcher.IndexReader.Leaves) leaf.AtomicReader.CheckIntegrity();
    }

    /// <summary>What Lucene throws where files are damaged, missing or cut short; a bad length or number in them shows as any of the last.</summary>
    private static bool IsDamage(Exception error) => error switch
    {
        HeldElsewhereException or ObjectDisposedException => false,
        FileNotFoundException or DirectoryNotFoundException or EndOfStreamException => true,
        IOException failed => failed.HResult == NotOfTheSystem,
        _ => error is IndexOutOfRangeException or ArgumentException or InvalidOperationException or OverflowException or FormatException
            or NullReferenceException or KeyNotFoundException or OutOfMemoryException,
    };

    /// <summary>A writer whose unfinished work is thrown away with it.</summary>
    private sealed class Abandoned(IndexWriter writer) : IDisposable
    {
        public void Dispose() => writer.Rollback();
    }

    private sealed class HeldElsewhereException(string message, Exception inner) : IOException(message, inner);
}
