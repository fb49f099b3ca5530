using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace GraphRisk.Server.Hosting;

/// <summary>
/// The certificate in a file, read again when the file has changed: looked at when a connection begins, at most once a second.
/// A new file that cannot be read, such as one half written, leaves the certificate that was read last. Thread-safe.
/// </summary>
internal sealed partial class CertificateFile
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly CertificateOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger<CertificateFile> log;
    private readonly Lock gate = new();
    private DateTimeOffset looked;
    private (DateTime, DateTime) stamp;
    private SslStreamCertificateContext current;

    /// <exception cref="InvalidDataException">The files are no certificate with its key.</exception>
    public CertificateFile(CertificateOptions options, TimeProvider clock, ILogger<CertificateFile> log)
    {
        (this.options, this.clock, this.log) = (options, clock, log);
        (looked, stamp) = (clock.GetUtcNow(), StampOf());
        current = Load();
    }

    /// <summary>The certificate for a connection that begins now.</summary>
    public SslStreamCertificateContext Current()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (now - looked < LookEvery) return current;
            looked = now;
            var seen = StampOf();
            if (seen == stamp) return current;
            stamp = seen;
            try
            {
                current = Load();
            }
            catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                LogKept(options.Path, fault.Message);
            }
            return current;
        }
    }

    private (DateTime, DateTime) StampOf() =>
        (File.GetLastWriteTimeUtc(options.Path), options.KeyPath is { } key ? File.GetLastWriteTimeUtc(key) : default);

    private SslStreamCertificateContext Load()
    {
        try
        {
            if (!IsPem()) return OfPfx();
            var (certificates, key) = (File.ReadAllText(options.Path), File.ReadAllText(options.KeyPath ?? options.Path));
            using var pair = options.Password is null
                ? X509Certificate2.CreateFromPem(certificates, key)
                : X509Certificate2.CreateFromEncryptedPem(certificates, key, options.Password);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(certificates);
            return SslStreamCertificateContext.Create(Usable(pair), chain, offline: true);
        }
        catch (CryptographicException fault)
        {
            throw new InvalidDataException($"{options.Path} is no certificate with its key: {fault.Message}", fault);
        }
    }

    private bool IsPem()
    {
        using var file = File.OpenText(options.Path);
        return (file.ReadLine() ?? "").StartsWith("-----BEGIN ", StringComparison.Ordinal);
    }

    private SslStreamCertificateContext OfPfx()
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(options.Path, options.Password, X509KeyStorageFlags.EphemeralKeySet);
        var own = all.FirstOrDefault(certificate => certificate.HasPrivateKey)
            ?? throw new InvalidDataException($"{options.Path} holds no key.");
        return SslStreamCertificateContext.Create(own, all, offline: true);
    }

    // Windows cannot use a key that was only read from text.
    private static X509Certificate2 Usable(X509Certificate2 pair) => OperatingSystem.IsWindows()
        ? X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null)
        : new X509Certificate2(pair);

    [LoggerMessage(Level = LogLevel.Error, Message = "The certificate read before stays in use; {Path}: {Reason}")]
    private partial void LogKept(string path, string reason);
}
