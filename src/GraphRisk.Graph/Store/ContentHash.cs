using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Graph.Store;

/// <summary>
/// One number for all a store has ever recorded, by which two stores are shown to hold the same. SHA-256 of each
/// recording (fact id, kind, end of validity, properties, provenance, the set it came in and when that was recorded),
/// added up modulo 2^256: the sum does not depend on the order in which recordings are read (Bellare and Micciancio 1997,
/// AdHash), nor on how a store numbers them. Against accident, not against forgery.
/// </summary>
public sealed class ContentHash
{
    private static readonly BigInteger Modulus = BigInteger.One << 256;

    private readonly ArrayBufferWriter<byte> buffer = new(1024);
    private BigInteger sum;

    /// <summary>Number of recordings added.</summary>
    public long Count { get; private set; }

    /// <summary>The hash of everything a store recorded up to a version; null for its newest.</summary>
    /// <returns>64 hexadecimal digits in lower case.</returns>
    public static async ValueTask<string> ComputeAsync(
        IGraphStore store, long? throughVersion = null, CancellationToken cancellation = default) =>
        await ContinueAsync(store, 0, null, throughVersion ?? (await store.GetVersionAsync(cancellation)).Number, cancellation);

    /// <summary>The hash up to a version where that up to an earlier one is known; reads what was recorded between.</summary>
    /// <param name="store">The store.</param>
    /// <param name="after">The earlier version; 0 for none.</param>
    /// <param name="before">The hash up to it; null for none.</param>
    /// <param name="last">The version.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>64 hexadecimal digits in lower case.</returns>
    /// <exception cref="StoreUnavailableException">The store holds what its schema does not have.</exception>
    public static async ValueTask<string> ContinueAsync(IGraphStore store, long after, string? before, long last, CancellationToken cancellation = default)
    {
        SchemaElements.RequireWhole(store);
        var hash = new ContentHash();
        if (before is not null) hash.sum = new BigInteger(Convert.FromHexString(before), isUnsigned: true);
        await using var sets = store.ReadSetsAsync(after, cancellation).GetAsyncEnumerator(cancellation);
        var set = default(RecordedSet);
        await foreach (var recorded in store.ReadChangesAsync(after, cancellation).WithCancellation(cancellation))
        {
            if (recorded.Version > last) break;
            while (set.Version.Number < recorded.Version)
                set = await sets.MoveNextAsync()
                    ? sets.Current
                    : throw new InvalidOperationException($"The store has recordings of version {recorded.Version}, but no such version.");
            hash.Add(recorded, set.Id);
        }

        return hash.ToString();
    }

    /// <summary>Adds a recording.</summary>
    /// <param name="recorded">The recording.</param>
    /// <param name="setId">Id of the ChangeSet it came in.</param>
    public void Add(RecordedFact recorded, string setId)
    {
        buffer.ResetWrittenCount();
        var (fact, origin) = (recorded.Fact, recorded.Fact.Provenance);
        fact.Id.WriteTo(buffer.GetSpan(16));
        buffer.Advance(16);
        Put((long)recorded.Kind);
        Put(recorded.RecordedAt.ToUnixTimeMilliseconds());
        Put(fact.Validity.To == DateTimeOffset.MaxValue ? long.MaxValue : fact.Validity.To.ToUnixTimeMilliseconds());
        Put(origin.Span is null ? 0 : 1);
        Put(origin.Span?.Start ?? 0);
        Put(origin.Span?.End ?? 0);
        Put(setId);
        Put(origin.RecordKey);
        Put(PropertyText.Of(PropertyValue.Of(origin.Reliability)));
        FactJson.Write(fact.Properties, buffer);
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(buffer.WrittenSpan, digest);
        sum = (sum + new BigInteger(digest, isUnsigned: true)) % Modulus;
        Count++;
    }

    public override string ToString()
    {
        var bytes = new byte[32];
        sum.TryWriteBytes(bytes, out _, isUnsigned: true);
        return Convert.ToHexStringLower(bytes);
    }

    private void Put(long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer.GetSpan(8), number);
        buffer.Advance(8);
    }

    private void Put(string text)
    {
        Put(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, buffer);
    }
}
