using System.Security.Cryptography;

namespace GraphRisk.Server.Security.Audit;

/// <summary>
/// The key that signs heads: ECDSA on P-256 (FIPS 186-5) with SHA-256, in PKCS #8 in a file that only its owner may read. Whoever
/// checks a head needs its public half alone, which every head carries; its fingerprint tells whose it is.
/// </summary>
public sealed class SealKey : IDisposable
{
    private readonly ECDsa key;

    private SealKey(ECDsa key) => this.key = key;

    /// <summary>The public half: SubjectPublicKeyInfo in base64.</summary>
    public string Public => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    /// <summary>Reads the key.</summary>
    /// <exception cref="InvalidDataException">The file is not such a key, or others than its owner may read it.</exception>
    public static SealKey Load(string path)
    {
        var bytes = KeyFile.Read(path);
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(bytes, out _);
            return new SealKey(key);
        }
        catch (CryptographicException error)
        {
            key.Dispose();
            throw new InvalidDataException($"{path} is not a key that signs heads of the audit trail.", error);
        }
    }

    /// <summary>Reads the key, making it where there is none.</summary>
    public static SealKey LoadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            KeyFile.Create(path, made.ExportPkcs8PrivateKey());
        }

        return Load(path);
    }

    /// <summary>The signature of a text.</summary>
    public string Sign(ReadOnlySpan<byte> text) => Convert.ToBase64String(key.SignData(text, HashAlgorithmName.SHA256));

    /// <summary>Whether a signature of a text is by the private half of a public key.</summary>
    public static bool IsSigned(ReadOnlySpan<byte> text, string signature, string publicKey)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
            return key.VerifyData(text, Convert.FromBase64String(signature), HashAlgorithmName.SHA256);
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return false;
        }
    }

    /// <summary>What people compare: the first 16 digits of the public half's SHA-256.</summary>
    public static string FingerprintOf(string publicKey) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(publicKey)))[..16];

    public void Dispose() => key.Dispose();
}
