using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Chipid.Wire
{
    /// <summary>Lines <c>key=value</c> in their order; keys may repeat. bindings/conformance/README.md: The text form.</summary>
    internal sealed class Block
    {
        internal readonly List<KeyValuePair<string, string>> Lines = new List<KeyValuePair<string, string>>();

        internal string First(string key) => Lines.FirstOrDefault(line => line.Key == key).Value;

        internal IEnumerable<KeyValuePair<string, string>> Beginning(string prefix) =>
            Lines.Where(line => line.Key.StartsWith(prefix, System.StringComparison.Ordinal))
                .Select(line => new KeyValuePair<string, string>(line.Key.Substring(prefix.Length), line.Value));

        internal void Add(string key, string value) => Lines.Add(new KeyValuePair<string, string>(key, value));

        internal static List<Block> Load(string file)
        {
            var blocks = new List<Block>();
            Block block = null;
            foreach (var line in File.ReadAllText(file, Encoding.UTF8).Split('\n'))
            {
                var equals = line.IndexOf('=');
                if (equals < 0)
                {
                    block = null;
                    continue;
                }
                if (block == null)
                    blocks.Add(block = new Block());
                block.Add(line.Substring(0, equals), Plain(line.Substring(equals + 1)));
            }
            return blocks;
        }

        internal static void Save(string file, IEnumerable<Block> blocks)
        {
            var text = new StringBuilder();
            foreach (var block in blocks)
            {
                foreach (var line in block.Lines)
                    text.Append(line.Key).Append('=').Append(Escaped(line.Value)).Append('\n');
                text.Append('\n');
            }
            File.WriteAllText(file, text.ToString(), new UTF8Encoding(false));
        }

        private static string Escaped(string value) => value.Replace("\\", "\\\\").Replace("\n", "\\n");

        private static string Plain(string value)
        {
            var text = new StringBuilder();
            for (var place = 0; place < value.Length; place++)
            {
                if (value[place] != '\\' || place + 1 == value.Length)
                {
                    text.Append(value[place]);
                    continue;
                }
                place++;
                text.Append(value[place] == 'n' ? '\n' : value[place]);
            }
            return text.ToString();
        }
    }
}
