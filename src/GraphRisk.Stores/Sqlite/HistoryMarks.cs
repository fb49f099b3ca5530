using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;

namespace GraphRisk.Stores.Sqlite;

/// <summary>
/// The marks by which versions of the embedded store are told apart: each is the XxHash128 of the one before it, of the set that made the version
/// and of what it changed, so that two histories part in every version after the first in which they differ. The first link is the store's identity. The epoch, which a
/// restore renews, goes into each mark when it is told. Against accident, not against forgery.
/// </summary>
/// <param name="session">The file.</param>
internal sealed class HistoryMarks(Session session)
{
    private const string IdentitySql = "SELECT store, epoch FROM identity";
    private const string MarkSql = "SELECT mark FROM version WHERE number = ?";
    private const int Bytes = 16;

    private readonly XxHash128 changes = new();

    /// <summary>Notes a change that the version being made records.</summary>
    /// <param name="kind">Assertion or retraction.</param>
    /// <param name="fact">The fact's id.</param>
    /// <param name="content">Its content as it is stored; empty for a retraction.</param>
    public void Add(ChangeKind kind, FactId fact, ReadOnlySpan<byte> content)
    {
        Span<byte> head = stackalloc byte[Bytes + 1];
        head[0] = (byte)kind;
        fact.WriteTo(head[1..]);
        changes.Append(head);
        changes.Append(content);
    }

    /// <summary>The link of the version that is made now, over what was noted since the last; notes begin anew.</summary>
    public byte[] Next(StoreVersion version, string setId, string author, long lastSequence)
    {
        var link = Link(Before(version.Number), version, setId, author, lastSequence, changes.GetCurrentHash());
        changes.Reset();
        return link;
    }

    /// <summary>Forgets what was noted of a version that was undone.</summary>
    public void Forget() => changes.Reset();

    /// <summary>The mark of a version; null where there is none.</summary>
    public StoreMark? Of(long version)
    {
        var (store, epoch) = Identity(session) ?? throw new FormatException("The table 'identity' is empty.");
        var link = version == 0 ? store : Link(version);
        if (link is null) return null;
        var hash = new XxHash128();
        hash.Append(link);
        hash.Append(epoch);
        return new StoreMark(BinaryPrimitives.ReadUInt128BigEndian(store), hash.GetCurrentHashAsUInt128());
    }

    /// <summary>Gives the store an identity where it has none, and the versions recorded before there were marks theirs; inside a transaction.</summary>
    public static void Complete(Session session)
    {
        if (Identity(session) is null)
            session.Prepare("INSERT INTO identity (one, store, epoch) VALUES (1, ?, ?)").Bind(1, RandomNumberGenerator.GetBytes(Bytes)).Bind(2, RandomNumberGenerator.GetBytes(Bytes)).Run();
        var last = Identity(session)!.Value.Store;
        var versions = new List<(StoreVersion Version, string Set, string Author, long Last)>();
        var statement = session.Prepare("SELECT number, recorded_at, set_id, author, last_sequence FROM version WHERE mark IS NULL ORDER BY number");
        while (statement.Step())
            versions.Add((
                new StoreVersion(statement.Integer(0), DateTimeOffset.FromUnixTimeMilliseconds(statement.Integer(1))), statement.Text(2), statement.Text(3), statement.Integer(4)));
        statement.Reset();
        foreach (var (version, set, author, sequence) in versions)
        {
            last = Link(last, version, set, author, sequence, []);
            session.Prepare("UPDATE version SET mark = ? WHERE number = ?").Bind(1, last).Bind(2, version.Number).Run();
        }
    }

    /// <summary>Begins a new history: from now on every version has another mark.</summary>
    public static void Renew(Session session) =>
        session.Prepare("UPDATE identity SET epoch = ?").Bind(1, RandomNumberGenerator.GetBytes(Bytes)).Run();

    /// <summary>The store's identity, 16 bytes.</summary>
    public static byte[] StoreOf(Session session) => Identity(session)?.Store ?? throw new FormatException("The table 'identity' is empty.");

    /// <summary>Takes the identity of the store whose recordings are put back into this file, under a new history; inside a transaction.</summary>
    public static void Adopt(Session session, byte[] store)
    {
        session.Prepare("UPDATE identity SET store = ?").Bind(1, store).Run();
        Renew(session);
    }

    private byte[] Before(long version) =>
        version == 1 ? Identity(session)!.Value.Store : Link(version - 1) ?? throw new FormatException($"Version {version - 1} has no mark.");

    private byte[]? Link(long version)
    {
        var statement = session.Prepare(MarkSql).Bind(1, version);
        var link = statement.Step() ? statement.Bytes(0).ToArray() : null;
        statement.Reset();
        return link is null || link.Length == Bytes ? link : throw new FormatException($"Version {version} has no mark.");
    }

    private static (byte[] Store, byte[] Epoch)? Identity(Session session)
    {
        var statement = session.Prepare(IdentitySql);
        (byte[] Store, byte[] Epoch)? identity = statement.Step() ? (statement.Bytes(0).ToArray(), statement.Bytes(1).ToArray()) : null;
        statement.Reset();
        return identity is null or { Store.Length: Bytes, Epoch.Length: Bytes } ? identity : throw new FormatException("The table 'identity' holds no identity.");
    }

    private static byte[] Link(ReadOnlySpan<byte> before, StoreVersion version, string set, string author, long lastSequence, ReadOnlySpan<byte> changed)
    {
        var hash = new XxHash128();
        hash.Append(before);
        Span<byte> numbers = stackalloc byte[24];
        BinaryPrimitives.WriteInt64LittleEndian(numbers, version.Number);
        BinaryPrimitives.WriteInt64LittleEndian(numbers[8..], version.RecordedAt.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64LittleEndian(numbers[16..], lastSequence);
        hash.Append(numbers);
        hash.Append(Encoding.UTF8.GetBytes($"{set}\0{author}\0"));
        hash.Append(changed);
        return hash.GetCurrentHash();
    }
}
