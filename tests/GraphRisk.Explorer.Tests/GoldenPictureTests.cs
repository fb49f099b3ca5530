using System.Globalization;
using System.Text.Json;
using GraphRisk.TestKit;
using Microsoft.Playwright;

namespace GraphRisk.Explorer.Tests;

/// <summary>
/// The main pages as pictures at three widths, held against those that were looked at, a third as large and with a tolerance. Browsers set pages in the fonts of their machine: where
/// a line of text is not as wide as where the pictures were made, they are not compared.
/// </summary>
[Explicit("Pictures hold on machines with the same fonts only.")]
public sealed class GoldenPictureTests
{
    /// <summary>Of a picture's dots at most this part may be of another brightness than the kept ones.</summary>
    private const double MostDiffering = 0.03;

    private const string Fonts = "fonts.json";

    /// <summary>Pages by the file of their picture; PARTY stands for a client with debt. Not the map of linked parties, whose places depend on how long the machine let it settle.</summary>
    private static readonly (string Name, string Path)[] Pages =
    [
        ("home", "/"), ("party", "PARTY"), ("score", "PARTY/score"), ("ownership", "PARTY/ownership"), ("reviews", "/desk/reviews?state=all"), ("brokers", "/boards/brokers"),
    ];

    private static readonly string[] Folder = ["tests", "GraphRisk.Explorer.Tests", "golden"];

    /// <summary>In a page without a policy: a picture a third as large, as a data address.</summary>
    private const string Smaller = """
        async (address) => {
          const picture = new Image();
          picture.src = address;
          await picture.decode();
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [Math.round(picture.width / 3), Math.round(picture.height / 3)];
          const context = canvas.getContext('2d');
          context.imageSmoothingQuality = 'high';
          context.drawImage(picture, 0, 0, canvas.width, canvas.height);
          return canvas.toDataURL('image/png');
        }
        """;

    /// <summary>In a page without a policy: of the dots of two pictures the part whose brightness differs by more than an eighth; 1 where they are not equally large.</summary>
    private const string Differing = """
        async ([one, other]) => {
          const dots = await Promise.all([one, other].map(async (address) => {
            const picture = new Image();
            picture.src = address;
            await picture.decode();
            const canvas = document.createElement('canvas');
            [canvas.width, canvas.height] = [picture.width, picture.height];
            const context = canvas.getContext('2d');
            context.drawImage(picture, 0, 0);
            return context.getImageData(0, 0, picture.width, picture.height);
          }));
          if (dots[0].width !== dots[1].width || dots[0].height !== dots[1].height) return 1;
          const bright = ({ data }, at) => 0.3 * data[at] + 0.59 * data[at + 1] + 0.11 * data[at + 2];
          let differing = 0;
          for (let at = 0; at < dots[0].data.length; at += 4) if (Math.abs(bright(dots[0], at) - bright(dots[1], at)) > 32) differing++;
          return differing / (dots[0].data.length / 4);
        }
        """;

    [TestCase(1440)]
    [TestCase(1024)]
    [TestCase(390)]
    public async Task ThePagesLookAsTheyDid(int width)
    {
        await using var visit = await Visit.Begin(width: width);
        await visit.Go("/");
        await SameFontsOrSkip(visit.Page);
        var party = await visit.FirstParty();
        await using var context = await Demo.Browser.NewContextAsync();
        var table = await context.NewPageAsync();
        var others = new List<string>();
        foreach (var (name, path) in Pages)
        {
            await visit.Go(path.Replace("PARTY", party, StringComparison.Ordinal));
            if (path.EndsWith("/ownership", StringComparison.Ordinal)) await visit.Page.Locator(".picture [data-node]").First.WaitForAsync();
            var seen = await table.EvaluateAsync<string>(Smaller, Address(await visit.Page.ScreenshotAsync()));
            var file = Repository.PathOf([.. Folder, $"{name}-{width}.png"]);
            if (Golden.Updates) await File.WriteAllBytesAsync(file, Convert.FromBase64String(seen[(seen.IndexOf(',') + 1)..]));
            var part = await table.EvaluateAsync<double>(Differing, new[] { seen, Address(await File.ReadAllBytesAsync(file)) });
            if (part > MostDiffering) others.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {part:P1} of its dots differ"));
        }

        Assert.That(others, Is.Empty, "GRAPHRISK_UPDATE_GOLDEN=1 makes the pictures anew; look at them before you commit them.");
    }

    private static string Address(byte[] png) => $"data:image/png;base64,{Convert.ToBase64String(png)}";

    /// <summary>Skips where the page's font sets a line of both scripts otherwise than where the pictures were made.</summary>
    private static async Task SameFontsOrSkip(IPage page)
    {
        var here = await page.EvaluateAsync<double>("""
            () => {
              const context = document.createElement('canvas').getContext('2d');
              context.font = `100px ${getComputedStyle(document.body).fontFamily}`;
              return Math.round(context.measureText('GraphRisk 0123 信用风险').width);
            }
            """);
        var file = Repository.PathOf([.. Folder, Fonts]);
        if (Golden.Updates)
        {
            Directory.CreateDirectory(Repository.PathOf(Folder));
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { widthOfALine = here }) + "\n");
        }

        using var kept = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        var there = kept.RootElement.GetProperty("widthOfALine").GetDouble();
        if (here != there) Skip.Because(string.Create(CultureInfo.InvariantCulture, $"pages are set in another font here, a line is {here} wide where the pictures have {there}."));
    }
}
