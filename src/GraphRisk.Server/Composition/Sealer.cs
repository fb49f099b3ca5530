using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace GraphRisk.Server.Composition;

/// <summary>
/// Makes texts opaque: keys of nodes hold account and contract numbers and say which broker knows a client, so an id or
/// cursor must not be readable by whom it is given to. Deterministic authenticated encryption in the manner of SIV
/// (Rogaway and Shrimpton 2006): the initialisation vector is a keyed hash of the text, which is checked when it is
/// opened. The same text always gives the same result. Thread-safe.
/// </summary>
public sealed class Sealer
{
    private const int IvSize = 16;
    private readonly byte[] hashKey;
    private readonly byte[] cipherKey;
    private readonly ConcurrentBag<Aes> ciphers = [];
    private readonly ConcurrentDictionary<string, Sealer> ofProjects = new(StringComparer.Ordinal);

    /// <param name="key">A secret of at least 16 bytes; with another one, ids given out before are not understood.</param>
    public Sealer(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, 16, nameof(key));
        hashKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, key.ToArray(), 32, info: "graphrisk id hash"u8.ToArray());
        cipherKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, key.ToArray(), 32, info: "graphrisk id cipher"u8.ToArray());
    }

    /// <summary>The sealer of a project, by which what others sealed is not understood; this one where there is no project.</summary>
    public Sealer For(string? project) => project is null ? this : ofProjects.GetOrAdd(project, static (name, key) =>
        new Sealer(HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: Encoding.UTF8.GetBytes($"graphrisk ids of a project\n{name}"))), hashKey);

    /// <summary>The opaque form of a text, in base64url.</summary>
    public string Seal(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var iv = IvOf(plain);
        return Base64Url.EncodeToString((byte[])[.. iv, .. WithCipher(aes => aes.EncryptCbc(plain, iv))]);
    }

    /// <summary>The text of an opaque form; null where this sealer did not make it.</summary>
    public string? Open(string text)
    {
        if (!Base64Url.IsValid(text)) return null;
        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length < 2 * IvSize || bytes.Length % IvSize != 0) return null;
        try
        {
            var plain = WithCipher(aes => aes.DecryptCbc(bytes.AsSpan(IvSize), bytes.AsSpan(0, IvSize)));
            return CryptographicOperations.FixedTimeEquals(IvOf(plain), bytes.AsSpan(0, IvSize)) ? Encoding.UTF8.GetString(plain) : null;
        }
        catch (CryptographicException)
        {
            // The padding is wrong: not one of ours.
            return null;
        }
    }

    // Making a cipher costs more than what it is used for, and each is used by one thread at a time.
    private T WithCipher<T>(Func<Aes, T> use)
    {
        if (!ciphers.TryTake(out var aes))
        {
            aes = Aes.Create();
            aes.Key = cipherKey;
        }

        try
        {
            return use(aes);
        }
        finally
        {
            ciphers.Add(aes);
        }
    }

    private byte[] IvOf(byte[] plain) => HMACSHA256.HashData(hashKey, plain)[..IvSize];
}
