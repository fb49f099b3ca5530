using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using GraphRisk.Workflow.Recovery;
using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;

namespace GraphRisk.Cli.Recovery.Printing;

/// <summary>A request to freeze as a PDF on A4, of the same parts as the page: tables with wrapped cells, heads again on each page, signature lines, page numbers.</summary>
internal static class FreezePdf
{
    private const string Face = "Chinese";
    private const double Margin = 51, Padding = 3, Leading = 1.35;
    private const double TitleSize = 16, HeadingSize = 11, TextSize = 8, SmallSize = 6.5;

    /// <summary>Width of the head of a row that has one, of the page's.</summary>
    private const double HeadPart = 0.22;

    private static readonly Lock Fonts = new();

    /// <summary>Writes the PDF.</summary>
    /// <param name="paper">The paper.</param>
    /// <param name="font">A font with Chinese and TrueType outlines, as <see cref="ChineseFont.Read"/> gives it.</param>
    /// <param name="at">The instant it says it was made at.</param>
    public static byte[] Write(FreezePaper paper, byte[] font, DateTimeOffset at)
    {
        lock (Fonts)
        {
            // PDFsharp resolves fonts for the whole process.
            GlobalFontSettings.ResetFontManagement();
            GlobalFontSettings.FontResolver = new OneFont(font);
            using var document = new PdfDocument();
            document.Info.Title = paper.Number;
            document.Info.CreationDate = at.UtcDateTime;
            var sheet = new Sheet(document);
            sheet.Centred(FreezeLayout.Title);
            foreach (var section in FreezeLayout.Of(paper)) sheet.Write(section);
            sheet.Sign();
            sheet.Number();
            document.Info.ModificationDate = at.UtcDateTime;
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(paper.ToJson()));
            (document.Internals.FirstDocumentID, document.Internals.SecondDocumentID) = (Convert.ToHexString(hash)[..16], Convert.ToHexString(hash)[16..32]);
            using var stream = new MemoryStream();
            document.Save(stream);
            return Settled(stream.ToArray(), hash);
        }
    }

    /// <summary>The same paper is the same bytes: the marks PDFsharp draws at random, six letters before the font's name and two UUIDs, are replaced by ones of the same length made of the paper.</summary>
    private static byte[] Settled(byte[] pdf, byte[] hash)
    {
        var text = Encoding.Latin1.GetString(pdf);
        text = Regex.Replace(text, @"(?<=/(?:FontName|BaseFont)/)[A-Z]{6}(?=\+)", string.Concat(hash.Take(6).Select(one => (char)('A' + (one % 26)))));
        return Encoding.Latin1.GetBytes(Regex.Replace(text, "(?<=>uuid:)[0-9a-f-]{36}(?=</xmpMM:)", new Guid(hash.AsSpan(0, 16)).ToString()));
    }

    private sealed class OneFont(byte[] font) : IFontResolver
    {
        public byte[] GetFont(string faceName) => font;

        public FontResolverInfo ResolveTypeface(string familyName, bool bold, bool italic) => new(Face);
    }

    private sealed class Sheet(PdfDocument document)
    {
        private readonly Dictionary<double, XFont> fonts = [];
        private XGraphics graphics = null!;
        private double y, width, bottom;

        private XFont Font(double size) => fonts.TryGetValue(size, out var font) ? font : fonts[size] = new XFont(Face, size);

        public void Centred(Bilingual title)
        {
            Room(TitleSize * 3);
            graphics.DrawString(title.Zh, Font(TitleSize), XBrushes.Black, new XRect(Margin, y, width, TitleSize * Leading), XStringFormats.TopCenter);
            y += TitleSize * Leading;
            graphics.DrawString(title.En, Font(TextSize), XBrushes.Black, new XRect(Margin, y, width, TextSize * Leading), XStringFormats.TopCenter);
            y += TextSize * Leading * 2;
        }

        public void Write(FreezeSection section)
        {
            Room(HeadingSize * 5);
            y += HeadingSize / 2;
            graphics.DrawString($"{section.Title.Zh}  {section.Title.En}", Font(HeadingSize), XBrushes.Black, new XPoint(Margin, y + HeadingSize));
            y += HeadingSize * Leading + Padding;
            var columns = section.Heads.IsEmpty ? 2 : section.Heads.Length;
            double[] widths = section.Heads.IsEmpty ? [width * HeadPart, width * (1 - HeadPart)] : [.. Enumerable.Repeat(width / columns, columns)];
            var heads = section.Heads.Select(head => $"{head.Zh}\n{head.En}").ToArray();
            // A row as wide as many columns is small, so that its cells keep their words.
            var size = columns > 4 ? SmallSize : TextSize;
            if (heads.Length > 0) Row(heads, widths, size);
            foreach (var (head, cells) in section.Rows)
            {
                string[] row = head is { } own ? [$"{own.Zh}  {own.En}", .. cells] : [.. cells];
                if (Row(row, widths, size, isTried: true)) continue;
                Turn();
                if (heads.Length > 0) Row(heads, widths, size);
                Row(row, widths, size);
            }
        }

        public void Sign()
        {
            Room(TitleSize * 5);
            y += TitleSize * 3;
            var part = width / FreezeLayout.Signatures.Length;
            for (var i = 0; i < FreezeLayout.Signatures.Length; i++)
            {
                graphics.DrawLine(XPens.Black, Margin + (i * part), y, Margin + (i * part) + (part * 0.85), y);
                graphics.DrawString($"{FreezeLayout.Signatures[i].Zh}  {FreezeLayout.Signatures[i].En}", Font(TextSize), XBrushes.Black, new XPoint(Margin + (i * part), y + (TextSize * Leading)));
            }
        }

        public void Number()
        {
            graphics.Dispose();
            for (var i = 0; i < document.PageCount; i++)
            {
                using var foot = XGraphics.FromPdfPage(document.Pages[i]);
                foot.DrawString(FormattableString.Invariant($"{document.Info.Title}  {i + 1} / {document.PageCount}"), Font(SmallSize), XBrushes.Black, new XRect(Margin, bottom + (Padding * 4), width, SmallSize * Leading), XStringFormats.TopCenter);
            }
        }

        /// <summary>Draws a row; where it does not fit and is only tried, nothing is drawn. A row higher than a page is cut into as many.</summary>
        private bool Row(string[] cells, double[] widths, double size, bool isTried = false)
        {
            var lines = cells.Select((cell, at) => Wrapped(cell, widths[at] - (2 * Padding), Font(size)).ToList()).ToArray();
            var (line, most) = (size * Leading, lines.Max(cell => cell.Count));
            if (isTried && y + (most * line) + (2 * Padding) > bottom) return false;
            for (var first = 0; first < most;)
            {
                var take = Math.Min(most - first, Math.Max(1, (int)((bottom - y - (2 * Padding)) / line)));
                var (x, height) = (Margin, (take * line) + (2 * Padding));
                for (var at = 0; at < cells.Length; at++)
                {
                    graphics.DrawRectangle(XPens.Black, x, y, widths[at], height);
                    for (var i = first; i < Math.Min(first + take, lines[at].Count); i++)
                        graphics.DrawString(lines[at][i], Font(size), XBrushes.Black, new XPoint(x + Padding, y + Padding + ((i - first + 0.8) * line)));
                    x += widths[at];
                }

                (y, first) = (y + height, first + take);
                if (first < most) Turn();
            }

            return true;
        }

        /// <summary>Lines of a text, broken where the next character would not fit: Chinese has no blanks to break at, and a number is better broken than cut.</summary>
        private IEnumerable<string> Wrapped(string text, double room, XFont font)
        {
            foreach (var part in text.Split('\n'))
            {
                var from = 0;
                for (var to = 1; to <= part.Length; to++)
                {
                    if (to - from == 1 || graphics.MeasureString(part[from..to], font).Width <= room) continue;
                    // A word is kept whole where there is a blank to break at.
                    var blank = part.LastIndexOf(' ', to - 1, to - 1 - from);
                    var end = blank > from ? blank + 1 : char.IsLowSurrogate(part[to - 1]) ? to - 2 : to - 1;
                    yield return part[from..end];
                    (from, to) = (end, end);
                }

                yield return part[from..];
            }
        }

        private void Room(double height)
        {
            if (graphics is null || y + height > bottom) Turn();
        }

        private void Turn()
        {
            graphics?.Dispose();
            var page = document.AddPage();
            page.Size = PdfSharp.PageSize.A4;
            graphics = XGraphics.FromPdfPage(page);
            (y, width, bottom) = (Margin, page.Width.Point - (2 * Margin), page.Height.Point - Margin);
        }
    }
}
