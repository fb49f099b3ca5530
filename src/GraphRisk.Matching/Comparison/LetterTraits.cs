using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;

namespace GraphRisk.Matching.Comparison;

/// <summary>Cheap traits of texts: which letters they have, how they sound, their hashes.</summary>
internal static class LetterTraits
{
    /// <summary>Classes of consonants of American Soundex (Russell 1918), by letter; 0 for vowels, h and w.</summary>
    private const string SoundClasses = "01230120022455012623010202";

    /// <summary>
    /// The letters of a text as bits: two for each Latin letter (once, at least twice), one for each digit, two for all else.
    /// Two texts share at most as many letters as bits, save for those that come thrice.
    /// </summary>
    public static ulong SignatureOf(ReadOnlySpan<char> text)
    {
        var signature = 0ul;
        foreach (var each in text)
        {
            var letter = char.ToLowerInvariant(each);
            if (letter is >= 'a' and <= 'z')
            {
                var bit = 1ul << ((letter - 'a') * 2);
                signature |= (signature & bit) == 0 ? bit : bit << 1;
            }
            else if (char.IsAsciiDigit(letter)) signature |= 1ul << (52 + letter - '0');
            else if (letter != ' ') signature |= 1ul << (62 + (letter & 1));
        }

        return signature;
    }

    /// <summary>Letters two texts differ in, at least, by their signatures; an edit changes at most two.</summary>
    public static int Difference(ulong left, ulong right) => BitOperations.PopCount(left ^ right);

    /// <summary>Soundex with the first letter by its class too, so that c and k, g and j begin alike; 0 where there is no Latin letter.</summary>
    public static uint SoundOf(ReadOnlySpan<char> text)
    {
        var (code, digits, last) = (0u, 0, '0');
        foreach (var each in text)
        {
            var letter = char.ToLowerInvariant(each);
            if (letter is < 'a' or > 'z') continue;
            var sound = SoundClasses[letter - 'a'];
            if (code == 0) code = sound == '0' ? (uint)letter : (uint)(sound - '0') + 1;
            else if (sound != '0' && sound != last && digits < 4)
            {
                code = (code * 8) + (uint)(sound - '0');
                digits++;
            }

            if (letter is not ('h' or 'w')) last = sound;
        }

        return code == 0 ? 0 : (code * 8) + (uint)digits;
    }

    /// <summary>64-bit hash of a text, never 0.</summary>
    public static ulong HashOf(ReadOnlySpan<char> text) => XxHash64.HashToUInt64(MemoryMarshal.AsBytes(text)) | 1;

    /// <summary>One hash of two; their order counts.</summary>
    public static ulong Combine(ulong left, ulong right)
    {
        var mixed = (left ^ BitOperations.RotateLeft(right, 29)) * 0x9E3779B97F4A7C15;
        mixed ^= mixed >> 32;
        mixed = (mixed + right) * 0xD6E8FEB86659FD93;
        return (mixed ^ (mixed >> 29)) | 1;
    }

    /// <summary>Whether a character is Chinese.</summary>
    public static bool IsHan(char letter) => letter is >= '\u3400' and <= '\u9fff' or >= '\uf900' and <= '\ufaff';
}
