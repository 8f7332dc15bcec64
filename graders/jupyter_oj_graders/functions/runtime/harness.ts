
;(function () {
  // @ts-ignore
  const oj_require: any = require;
  const oj_fs: any = oj_require("fs");
  const oj_process: any = oj_require("process");
  const Buffer: any = oj_require("buffer").Buffer;
  const oj_raw: any = oj_fs.readFileSync(0);
  const oj_view: any = new DataView(oj_raw.buffer, oj_raw.byteOffset, oj_raw.length);
  const oj_longest = 5000000;
  let oj_at = 0;
  let oj_out: any = Buffer.alloc(1 << 12);
  let oj_end = 0;

  function oj_take(size: any): any { oj_at += size; return oj_at - size; }
  // Where there is room for so many bytes; called before oj_out is looked at, which it may replace.
  function oj_room(size: any): any {
    if (oj_end + size > oj_out.length) {
      const larger: any = Buffer.alloc(2 * (oj_end + size));
      oj_out.copy(larger, 0, 0, oj_end);
      oj_out = larger;
    }
    oj_end += size;
    return oj_end - size;
  }
  function oj_count(): any { return oj_view.getUint32(oj_take(4), true); }
  function oj_put_count(count: any): any { const at: any = oj_room(4); oj_out.writeUInt32LE(count, at); }
  function oj_wrong(why: any): any { const error: any = new Error(why); error.oj_wrong_type = true; throw error; }
  function oj_name(value: any): any {
    if (value === null || typeof value !== "object") return value === null ? "null" : typeof value;
    return value.constructor && value.constructor.name || "object";
  }
  function oj_missing(name: any): any { throw new ReferenceError("There is no function " + name + " in your program."); }
  function oj_asked(asked: any, value: any): any { return oj_wrong("asked for " + asked + ", got " + oj_name(value)); }
  function oj_flag(): any { return oj_raw[oj_take(1)] === 1; }
  function oj_put_byte(byte: any): any { const at: any = oj_room(1); oj_out[at] = byte; }

  const oj_bool: any = {
    read: oj_flag,
    write: (value: any) => typeof value === "boolean" ? oj_put_byte(value ? 1 : 0) : oj_asked("boolean", value),
  };
  const oj_int: any = {
    read: () => oj_view.getInt32(oj_take(4), true),
    write: (value: any) => {
      if (typeof value !== "number") oj_asked("int (a number)", value);
      if (value !== Math.trunc(value) || Math.abs(value) > 2147483648 || value === 2147483648) oj_wrong(value + " is no int of 32 bits");
      const at: any = oj_room(4);
      oj_out.writeInt32LE(value + 0, at);
    },
  };
  const oj_long: any = {
    read: () => oj_view.getBigInt64(oj_take(8), true),
    write: (value: any) => {
      if (typeof value === "number" && Number.isSafeInteger(value)) value = BigInt(value);
      if (typeof value !== "bigint") oj_asked("long (a bigint)", value);
      if (BigInt.asIntN(64, value) !== value) oj_wrong(value + " is no long of 64 bits");
      const at: any = oj_room(8);
      oj_out.writeBigInt64LE(value, at);
    },
  };
  const oj_float: any = {
    read: () => oj_view.getFloat64(oj_take(8), true),
    write: (value: any) => {
      if (typeof value !== "number") oj_asked("float (a number)", value);
      const at: any = oj_room(8);
      oj_out.writeDoubleLE(value, at);
    },
  };
  const oj_char: any = {
    read: () => String.fromCharCode(oj_raw[oj_take(1)]),
    write: (value: any) => typeof value === "string" && value.length === 1 && value.charCodeAt(0) < 128
      ? oj_put_byte(value.charCodeAt(0)) : oj_asked("char (a string of one ASCII character)", value),
  };
  const oj_string: any = {
    read: () => { const size: any = oj_count(); return oj_raw.toString("utf8", oj_take(size), oj_at); },
    write: (value: any) => {
      if (typeof value !== "string") oj_asked("string", value);
      const raw: any = Buffer.from(value, "utf8");
      oj_put_count(raw.length);
      const at: any = oj_room(raw.length);
      raw.copy(oj_out, at);
    },
  };
  function oj_nullable(item: any): any {
    return {
      read: () => oj_flag() ? item.read() : null,
      write: (value: any) => {
        const is_null: any = value === null || value === undefined;
        oj_put_byte(is_null ? 0 : 1);
        if (!is_null) item.write(value);
      },
    };
  }
  function oj_read_all(item: any): any {
    const values: any = [];
    for (let count: any = oj_count(); count > 0; count--) values.push(item.read());
    return values;
  }
  function oj_write_all(item: any, values: any): any {
    oj_put_count(values.length);
    for (let i = 0; i < values.length; i++) item.write(values[i]);
  }
  function oj_list(item: any): any {
    return {
      read: () => oj_read_all(item),
      write: (value: any) => Array.isArray(value) ? oj_write_all(item, value)
        : ArrayBuffer.isView(value) && !(value instanceof DataView) ? oj_write_all(item, Array.from(value as any)) : oj_asked("list (an array)", value),
    };
  }
  const oj_graph: any = oj_list(oj_list(oj_int));
  function oj_set(item: any): any {
    return {
      read: () => new Set(oj_read_all(item)),
      write: (value: any) => value instanceof Set ? oj_write_all(item, Array.from(value as any)) : oj_asked("Set", value),
    };
  }
  function oj_map(key: any, item: any): any {
    return {
      read: () => {
        const found: any = new Map();
        for (let count: any = oj_count(); count > 0; count--) { const name: any = key.read(); found.set(name, item.read()); }
        return found;
      },
      write: (value: any) => {
        if (!(value instanceof Map)) oj_asked("Map", value);
        const pairs: any = Array.from(value);
        oj_put_count(pairs.length);
        for (const pair of pairs) { key.write(pair[0]); item.write(pair[1]); }
      },
    };
  }
  function oj_field(node: any, name: any, kind: any): any {
    if (typeof node !== "object" || !(name in node)) oj_asked(kind, node);
    return node[name];
  }
  const oj_nodes: any = [OJ_LIST_NODE, OJ_TREE_NODE];
  function oj_linked_list(item: any): any {
    return {
      read: () => {
        const values: any = oj_read_all(item);
        let head: any = null;
        while (values.length) {
          const node: any = oj_nodes[0] ? new oj_nodes[0](values.pop(), null) : { val: values.pop(), next: null };
          node.next = head;
          head = node;
        }
        return head;
      },
      write: (node: any) => {
        const values: any = [];
        for (; node !== null && node !== undefined; node = oj_field(node, "next", "ListNode")) {
          values.push(oj_field(node, "val", "ListNode"));
          if (values.length > oj_longest) oj_wrong("the linked list does not end: it runs in a circle");
        }
        oj_write_all(item, values);
      },
    };
  }
  function oj_tree(item: any): any {
    const entry: any = oj_nullable(item);
    function oj_node(value: any): any {
      if (value === null || value === undefined) return null;
      return oj_nodes[1] ? new oj_nodes[1](value, null, null) : { val: value, left: null, right: null };
    }
    return {
      read: () => {
        const values: any = oj_read_all(entry);
        const root: any = oj_node(values[0]);
        const level: any = root === null ? [] : [root];
        for (let i = 0, next = 1; i < level.length; i++, next += 2) {
          level[i].left = oj_node(values[next]);
          level[i].right = oj_node(values[next + 1]);
          if (level[i].left !== null) level.push(level[i].left);
          if (level[i].right !== null) level.push(level[i].right);
        }
        return root;
      },
      write: (root: any) => {
        const level: any = [root];
        for (let i = 0; i < level.length; i++) {
          const node: any = level[i];
          if (node !== null && node !== undefined)
            level.push(oj_field(node, "left", "TreeNode"), oj_field(node, "right", "TreeNode"));
          if (level.length > oj_longest) oj_wrong("the tree does not end: it runs in a circle");
        }
        while (level.length && (level[level.length - 1] === null || level[level.length - 1] === undefined)) level.pop();
        oj_put_count(level.length);
        for (const node of level) entry.write(node === null || node === undefined ? null : oj_field(node, "val", "TreeNode"));
      },
    };
  }

  const oj_arguments: any = OJ_READ;
  const oj_result: any = OJ_CALL;
  oj_put_byte(1);
  try {
    (OJ_RESULT).write(oj_result);
  } catch (error: any) {
    if (!error || !error.oj_wrong_type) throw error;
    oj_end = 0;
    oj_put_byte(2);
    oj_string.write(error.message);
  }
  oj_fs.writeFileSync("/scratch/oj_reply", oj_out.subarray(0, oj_end));
  oj_process.exit(0);
})();
