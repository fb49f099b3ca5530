using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GraphRisk.TestKit.Faults;

/// <summary>Gives a server that speaks plain TCP a TLS front on a free loopback port, with a certificate signed by itself.</summary>
public sealed class TlsFront : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint target;
    private readonly X509Certificate2 certificate;

    /// <param name="server">The server behind it.</param>
    public TlsFront(Uri server)
    {
        target = new IPEndPoint(server.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(server.Host), server.Port);
        certificate = Create();
        listener.Start();
        Url = new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        _ = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>The certificate, for those who are to trust it.</summary>
    public string CertificatePem => certificate.ExportCertificatePem();

    public ValueTask DisposeAsync()
    {
        listener.Dispose();
        certificate.Dispose();
        return ValueTask.CompletedTask;
    }

    private static X509Certificate2 Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=graphrisk test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2120, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The front is closed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        try
        {
            using (client)
            {
                client.NoDelay = true;
                await using var inside = new SslStream(client.GetStream());
                await inside.AuthenticateAsServerAsync(certificate);
                await server.ConnectAsync(target);
                await using var outside = server.GetStream();
                await Task.WhenAny(inside.CopyToAsync(outside), outside.CopyToAsync(inside));
            }
        }
        catch (Exception broken) when (broken is IOException or SocketException or AuthenticationException or ObjectDisposedException or InvalidOperationException)
        {
            // What broke the connection is what the test is about.
        }
    }
}
