using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace GraphRisk.Graph.Store;

/// <summary>
/// Which store a version is of and by which history it came about. The number of a version alone says neither: a store that was put back from
/// a backup and written to again has the same numbers over other facts. What is derived from a store names the mark of its version, and is
/// made again where the store has another at that version.
/// </summary>
/// <param name="Store">Identity of the store, minted when it was made; 0 for stores that have none of their own.</param>
/// <param name="History">All that was recorded up to the version, as one number; a restore changes it for every version.</param>
public readonly record struct StoreMark(UInt128 Store, UInt128 History)
{
    /// <summary>
    /// The mark of a version of a store that keeps none: that of the set which made it. Two histories part in it unless both have a set of the
    /// same id, author and time as the same version.
    /// </summary>
    /// <returns>The mark; null where the store has no such version.</returns>
    public static async ValueTask<StoreMark?> OfSetAsync(IGraphStore store, long version, CancellationToken cancellation = default)
    {
        if (version == 0) return default(StoreMark);
        await foreach (var set in store.ReadSetsAsync(version - 1, cancellation).WithCancellation(cancellation))
        {
            var hash = new XxHash128();
            AddTo(hash, set.Version.Number);
            AddTo(hash, set.Version.RecordedAt.ToUnixTimeMilliseconds());
            AddTo(hash, set.Id);
            AddTo(hash, set.Author);
            return new StoreMark(UInt128.Zero, hash.GetCurrentHashAsUInt128());
        }

        return null;
    }

    /// <summary>The store's identity as people see it: 32 hexadecimal digits.</summary>
    public string StoreText => TextOf(Store);

    /// <summary>The history as people see it: 32 hexadecimal digits.</summary>
    public string HistoryText => TextOf(History);

    /// <summary>Reads what <see cref="StoreText"/> and <see cref="HistoryText"/> wrote; null where it is something else.</summary>
    public static StoreMark? Parse(string? store, string? history) =>
        UInt128.TryParse(store, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var one)
        && UInt128.TryParse(history, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var other) ? new StoreMark(one, other) : null;

    public override string ToString() => $"{StoreText}/{HistoryText}";

    /// <summary>Adds a number to a hash.</summary>
    internal static void AddTo(XxHash128 hash, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.Append(bytes);
    }

    private static void AddTo(XxHash128 hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        AddTo(hash, bytes.Length);
        hash.Append(bytes);
    }

    private static string TextOf(UInt128 number) => number.ToString("x32", CultureInfo.InvariantCulture);
}
